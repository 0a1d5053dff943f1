using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Diagnostics;

/// <summary>
/// The comments that silence warnings: <c>// dlm-disable-next-line DLM0130</c> on the line below, <c>// dlm-disable DLM0130</c> in the whole
/// file. Errors cannot be silenced: a model that has one has no meaning.
/// </summary>
internal sealed class Suppressions
{
    private const string Mark = "dlm-disable";
    private const string NextLine = "dlm-disable-next-line";
    private static readonly char[] Separators = [' ', '\t', ','];

    private readonly SourceText source;
    private readonly List<Suppression> all = [];

    /// <summary>Reads the comments of a file.</summary>
    public Suppressions(ParsedFile file)
    {
        source = file.Source;
        if (file.Text.IndexOf(Mark, StringComparison.Ordinal) < 0) return;
        foreach (var token in Tokens(file.Syntax)) Read(token.Leading, token.Start - token.Leading.Length);
    }

    /// <summary>What is left of <paramref name="diagnostics"/>, and a warning of each comment that says nothing.</summary>
    public IEnumerable<Diagnostic> Apply(IReadOnlyList<Diagnostic> diagnostics)
    {
        if (all.Count == 0) return diagnostics;
        var used = new HashSet<Suppression>();
        var left = diagnostics.Where(d => !IsSilenced(d)).ToArray();
        var bag = new DiagnosticBag(source);
        // Where there are errors, warnings are not looked for.
        var isComplete = diagnostics.All(d => d.Severity != Severity.Error);
        foreach (var suppression in all.Where(s => !used.Contains(s)))
        {
            var kind = DiagnosticKind.All.FirstOrDefault(k => k.Id == suppression.Id);
            if (kind is null) bag.At(suppression.Span).UnknownSuppression(suppression.Id);
            else if (kind.Severity == Severity.Error) bag.At(suppression.Span).SuppressedError(suppression.Id);
            else if (isComplete) bag.At(suppression.Span).UselessSuppression(suppression.Id, suppression.Line is null);
        }
        return left.Concat(bag.Diagnostics);

        bool IsSilenced(Diagnostic diagnostic)
        {
            var silencing = diagnostic.Severity == Severity.Error ? [] : all.Where(s => s.Silences(diagnostic)).ToArray();
            used.UnionWith(silencing);
            return silencing.Length > 0;
        }
    }

    private static IEnumerable<SyntaxToken> Tokens(SyntaxNode root)
    {
        var open = new Stack<SyntaxElement>([root]);
        while (open.Count > 0)
        {
            var element = open.Pop();
            if (element is SyntaxToken token) yield return token;
            else foreach (var child in ((SyntaxNode)element).Children.Reverse()) open.Push(child);
        }
    }

    private void Read(string leading, int start)
    {
        for (var i = leading.IndexOf('/'); i >= 0 && i + 1 < leading.Length; i = i < leading.Length ? leading.IndexOf('/', i) : -1)
        {
            var isLine = leading[i + 1] == '/';
            var end = isLine ? leading.IndexOfAny(['\n', '\r'], i) : leading.IndexOf("*/", i + 2, StringComparison.Ordinal);
            if (end < 0) end = leading.Length;
            if (isLine) ReadComment(leading.Substring(i + 2, end - i - 2), start + i + 2);
            i = end + (isLine ? 0 : 2);
        }
    }

    private void ReadComment(string text, int start)
    {
        var words = Words(text, start).ToArray();
        if (words.Length == 0 || words[0].Text is not (Mark or NextLine)) return;
        int? line = words[0].Text == NextLine ? source.LineOf(start) + 1 : null;
        // What follows a dash says why.
        foreach (var (id, span) in words.Skip(1).TakeWhile(w => w.Text.Any(char.IsLetterOrDigit))) all.Add(new Suppression(id, span, line));
        if (words.Length == 1) all.Add(new Suppression("", words[0].Span, line));
    }

    private static IEnumerable<(string Text, TextSpan Span)> Words(string text, int start)
    {
        for (var i = 0; i < text.Length;)
        {
            var end = text.IndexOfAny(Separators, i);
            if (end < 0) end = text.Length;
            if (end > i) yield return (text.Substring(i, end - i), new TextSpan(start + i, end - i));
            i = end + 1;
        }
    }

    private sealed record Suppression(string Id, TextSpan Span, int? Line)
    {
        public bool Silences(Diagnostic diagnostic) => diagnostic.Id == Id && (Line is null || diagnostic.Start.Line == Line);
    }
}
