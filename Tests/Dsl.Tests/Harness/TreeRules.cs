using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Tests.Harness;

/// <summary>What must hold of every tree and every diagnostic, whatever the text.</summary>
internal static class TreeRules
{
    /// <summary>Every token, in the order of the text. Without recursion: a tree may be deep.</summary>
    public static IReadOnlyList<SyntaxToken> TokensOf(SyntaxElement root)
    {
        var tokens = new List<SyntaxToken>();
        var open = new Stack<SyntaxElement>([root]);
        while (open.TryPop(out var element))
        {
            if (element is SyntaxToken token) tokens.Add(token);
            else foreach (var child in ((SyntaxNode)element).Children.Reverse()) open.Push(child);
        }
        return tokens;
    }

    /// <summary>Parses <paramref name="text"/> and fails where a rule does not hold.</summary>
    public static ParsedFile CheckTree(string text)
    {
        var file = Compiling.Parse(text);
        Lossless(file);
        SpansNest(file.Syntax);
        SpansInside(text, file.Diagnostics);
        return file;
    }

    /// <summary>Parses and compiles <paramref name="text"/> and fails where a rule does not hold.</summary>
    public static CompiledFile Check(string text, EquatableArray<ParsedFile> imports = default)
    {
        var file = CheckTree(text);
        var compiled = DlmCompiler.Compile(file, imports, Compiling.Options);
        SpansInside(text, compiled.Diagnostics);
        Assert.DoesNotContain(compiled.Diagnostics, d => d.Id == "DLM0999");
        var failed = compiled.Diagnostics.Any(d => d.Severity == Severity.Error);
        Assert.True(!failed || compiled.Sources.Count == 0, "a file with an error gave C#");
        DlmCompiler.Summarize(file);
        return compiled;
    }

    // The tokens put end to end are the text, each where it says it is.
    private static void Lossless(ParsedFile file)
    {
        var position = 0;
        foreach (var token in TokensOf(file.Syntax))
        {
            if (token.IsMissing)
            {
                Assert.Equal("", token.Leading);
                Assert.InRange(token.Start, 0, file.Text.Length);
                continue;
            }
            position += token.Leading.Length;
            Assert.Equal(position, token.Start);
            position += token.Text.Length;
        }
        Assert.Equal(file.Text.Length, position);
        Assert.Equal(file.Text, file.Syntax.ToString());
    }

    // A child lies in its parent, behind the child before it.
    private static void SpansNest(FileSyntax file)
    {
        var open = new Stack<SyntaxNode>([file]);
        while (open.TryPop(out var node))
        {
            var position = node.Span.Start;
            foreach (var child in node.Children)
            {
                if (child is SyntaxNode inner) open.Push(inner);
                if (child.Span.Length == 0) continue;
                Assert.True(child.Span.Start >= position && child.Span.End <= node.Span.End, $"{child.Span} is not in order inside {node.Span}");
                position = child.Span.End;
            }
        }
    }

    private static void SpansInside(string text, EquatableArray<Diagnostic> diagnostics)
    {
        var source = new SourceText("", text);
        foreach (var diagnostic in diagnostics)
        {
            Assert.InRange(diagnostic.Span.Start, 0, text.Length);
            Assert.InRange(diagnostic.Span.End, diagnostic.Span.Start, text.Length);
            Assert.Equal(source.PositionOf(diagnostic.Span.Start), diagnostic.Start);
            Assert.Equal(source.PositionOf(diagnostic.Span.End), diagnostic.End);
        }
    }
}
