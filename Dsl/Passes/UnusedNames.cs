using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Passes;

/// <summary>
/// Finds what a file names and never mentions again: values, constants, parameters of functions and families, namespaces. Read off the
/// tree, so that a value which only the branch not taken needs is used. A name that begins with <c>_</c> says that it is meant so.
/// </summary>
internal static class UnusedNames
{
    /// <summary>Reports them; only for a file without an error, in which more is unused than was meant.</summary>
    public static void Check(ParsedFile file, IEnumerable<ParsedFile> imports, string rootNamespace, DiagnosticBag diagnostics)
    {
        foreach (var declaration in file.Syntax.Declarations)
        {
            if (declaration is FunctionSyntax { IsExtern: false } function) CheckParameters(function.Parameters, function, diagnostics);
            // Of what can be written as a class the template knows better: dropout(0.5) is no use of a parameter 'dropout'.
            if (declaration is ModelSyntax { Parameters: { } parameters } && parameters.Items.Any(p => p.Type?.Name?.Text is "block" or "model" && p.Default is null))
            {
                CheckParameters(parameters, declaration, diagnostics);
            }
            if (declaration is ObjectiveSyntax { Parameters: { } given, Value: null } pattern && given.Items.Any(p => p.Type?.Name?.Text == "model")) CheckParameters(given, pattern, diagnostics);
            if (declaration is ModelSyntax { Body: { } body }) CheckValues(body, diagnostics);
            if (declaration is ObjectiveSyntax { Body: { } step }) CheckValues(step, diagnostics);
        }
        CheckUses(file, imports, rootNamespace, diagnostics);
    }

    /// <summary>Every name that a piece of text mentions, as what it stands for.</summary>
    public static ISet<string> MentionedIn(SyntaxNode root) => Mentioned(root, []);

    private static void CheckParameters(ParameterListSyntax? parameters, DeclarationSyntax declaration, DiagnosticBag diagnostics)
    {
        var targets = new HashSet<SyntaxToken>((parameters?.Items ?? []).Select(p => p.Name));
        var mentioned = Mentioned(declaration, targets);
        foreach (var name in targets.Where(t => IsUnused(t, mentioned))) diagnostics.At(name.Span).UnusedParameter(name.Text);
    }

    private static void CheckValues(BlockBodySyntax body, DiagnosticBag diagnostics)
    {
        var targets = new HashSet<SyntaxToken>(Nodes(body).OfType<BindingSyntax>().Where(b => b.Keyword?.Text is not ("metric" or "output")).SelectMany(TargetsOf));
        if (targets.Count == 0) return;
        var mentioned = Mentioned(body, targets);
        foreach (var name in targets.Where(t => IsUnused(t, mentioned)).OrderBy(t => t.Start)) diagnostics.At(name.Span).UnusedValue(name.Text);
    }

    private static void CheckUses(ParsedFile file, IEnumerable<ParsedFile> imports, string rootNamespace, DiagnosticBag diagnostics)
    {
        if (file.Syntax.Uses.Count == 0) return;
        var mentions = new HashSet<string>(FileSummary.Of(file).Mentions, StringComparer.Ordinal);
        var used = new HashSet<string>(
            imports.Where(i => i.Syntax.Declarations.Any(d => mentions.Contains(d.Name.Text))).Select(i => i.NamespaceIn(rootNamespace)), StringComparer.Ordinal);
        var own = file.NamespaceIn(rootNamespace);
        foreach (var use in file.Syntax.Uses)
        {
            // The first of two that say the same is the one that is used.
            var isUsed = use.Name.Text != own && used.Remove(use.Name.Text);
            if (!isUsed && use.Name.Span.Length > 0) diagnostics.At(use.Span).UnusedUse(use.Name.Text);
        }
    }

    private static bool IsUnused(SyntaxToken name, HashSet<string> mentioned) => !name.IsMissing && name.Text[0] != '_' && !mentioned.Contains(name.Text);

    // What is no mention: the names themselves, the keys of stages, the names of arguments, and the operators of an init.
    private static HashSet<string> Mentioned(SyntaxNode root, HashSet<SyntaxToken> targets)
    {
        var labels = new HashSet<SyntaxToken>();
        foreach (var node in Nodes(root))
        {
            if (node is NamedStageSyntax { Name: var stage }) labels.Add(stage);
            else if (node is ArgumentSyntax { Name: { } argument }) labels.Add(argument);
            else if (node is InitTargetSyntax target) labels.UnionWith(target.Children.OfType<SyntaxToken>());
        }
        return new HashSet<string>(
            Nodes(root).SelectMany(n => n.Children).OfType<SyntaxToken>().Where(t => t.Kind == SyntaxKind.Identifier && !targets.Contains(t) && !labels.Contains(t)).Select(t => t.Text),
            StringComparer.Ordinal);
    }

    private static IEnumerable<SyntaxToken> TargetsOf(BindingSyntax binding) => binding.Target switch
    {
        NameSyntax name => [name.Token],
        TupleSyntax tuple => tuple.Items.OfType<NameSyntax>().Select(n => n.Token),
        _ => [],
    };

    private static IEnumerable<SyntaxNode> Nodes(SyntaxNode root)
    {
        var open = new Stack<SyntaxNode>([root]);
        while (open.Count > 0)
        {
            var node = open.Pop();
            yield return node;
            foreach (var child in node.Children.OfType<SyntaxNode>()) open.Push(child);
        }
    }
}
