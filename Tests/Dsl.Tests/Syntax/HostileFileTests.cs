using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Syntax;

/// <summary>
/// The compiler runs inside an editor: no file crashes it, exhausts its stack or keeps it busy. What is too much gets a
/// diagnostic that says so.
/// </summary>
public sealed class HostileFileTests
{
    private const int Deep = 10_000;
    private const int Long = 100_000;

    /// <summary>A name, what the body of a model holds, and a diagnostic that it must get; none where it is legal.</summary>
    public static TheoryData<string, string, string> Bodies() => new()
    {
        { "parentheses", $"linear({Times("(", Deep)}2{Times(")", Deep)})", "DLM0901" },
        { "parentheses left open", $"linear({Times("(", Deep)}", "DLM0901" },
        { "calls", $"{Times("linear(", Deep)}2{Times(")", Deep)}", "DLM0901" },
        { "brackets", $"linear({Times("[", Deep)}2{Times("]", Deep)})", "DLM0901" },
        { "indices", $"linear({Times("a[", Deep)}2{Times("]", Deep)})", "DLM0901" },
        { "braces", $"{Times("{", Deep)} linear(2) {Times("}", Deep)}", "DLM0901" },
        { "braces on lines", $"{Times("a: {\n", Deep)} linear(2) {Times("\n}", Deep)}", "DLM0901" },
        { "braces left open", Times("{", Deep), "DLM0901" },
        { "else chain", $"linear({Times("if a then 1 else ", Deep)}2)", "DLM0901" },
        { "then chain", $"linear({Times("if a then ", Deep)}2{Times(" else 1", Deep)})", "DLM0901" },
        { "minus signs", $"linear({Times("- ", Deep)}2)", "DLM0901" },
        { "nots", $"linear({Times("not ", Deep)}2)", "DLM0901" },
        { "powers", $"linear(2{Times(" ** 2", Deep)})", "DLM0901" },
        { "repeats", $"{Times("repeat 2 {", Deep)} linear(2) {Times("}", Deep)}", "DLM0901" },
        { "names of names", $"{Times("a: ", Deep)}linear(2)", "DLM0004" },
        { "a sum", $"linear(2{Times(" + 0", Long)})", "DLM0901" },
        { "a sum and a product", $"linear(2{Times(" + 0 * 1", Long / 2)})", "DLM0901" },
        { "sums of sums", Nest(50, inner => $"({inner}{Times(" + 0", 499)})"), "DLM0901" },
        { "calls of calls", $"linear(2){Times("()", Long)}", "DLM0901" },
        { "calls of long calls", Nest(50, inner => $"a({inner}){Times("()", 450)}"), "DLM0901" },
        { "members", $"linear(a{Times(".b", Long)})", "DLM0901" },
        { "arguments", $"flatten(1{Times(", 1", Long)})", "DLM0103" },
        { "dimensions", $"nothing[{Times("1, ", Long)}]", "DLM0101" },
        { "closing braces", Times("}", Long), "DLM0005" },
        { "colons", Times(":", Long), "DLM0004" },
        { "colons on lines", Times(":\n", Long), "DLM0004" },
        { "commas", Times(",", Long), "DLM0004" },
        { "strange characters", Times("$ ", Long), "DLM0001" },
        { "quotes", Times("\"\n", Long), "DLM0002" },
        { "a long name", $"{Times("a", 500_000)}", "DLM0101" },
        { "a long number", $"linear({Times("9", 500_000)})", "DLM0003" },
        { "a long fraction", $"dropout(0.{Times("9", 500_000)})", "" },
        { "a long exponent", $"dropout(1e{Times("9", 500_000)})", "DLM0106" },
        { "a long comment", $"/*{Times("*", 500_000)}", "DLM0007" },
        { "a huge size", "linear(9_223_372_036_854_775_807) -> linear(2)", "DLM0902" },
        { "a power that overflows", "linear(10 ** 62) -> linear(2)", "DLM0902" },
        { "the least number", "linear((-9_223_372_036_854_775_807 - 1) / -1)", "DLM0902" },
    };

    [Theory, MemberData(nameof(Bodies))]
    public void InABody(string name, string body, string needed)
    {
        Assert.NotEmpty(name);
        var compiled = Bounded.Run(() => TreeRules.Check($"model A : [B, 4] -> [B, 4] {{\n{body}\n}}\n"));
        CheckErrors(needed, compiled);
    }

    /// <summary>A name, a file, and a diagnostic that it must get; none where it is legal.</summary>
    public static TheoryData<string, string, string> Files() => new()
    {
        { "empty", "", "" },
        { "comments alone", "// nothing\n/* here */\n/// or here", "" },
        { "a line of 10 MB", Times("relu -> ", 10_000_000 / 8), "DLM0902" },
        { "10 MB of line ends", Times("\n", 10_000_000), "DLM0902" },
        { "10 MB of open braces", Times("{", 10_000_000), "DLM0902" },
        { "just below the limit, open braces", Times("{", 999_999), "DLM0005" },
        { "just below the limit, line ends", Times("\r", 999_999), "" },
        { "just below the limit, block comments", Times("/**/", 249_999), "" },
        { "NUL bytes", Times("\0", 500_000), "DLM0001" },
        { "lone surrogates", Times("\uD800 ", Long), "DLM0001" },
        { "models", string.Concat(Enumerable.Range(0, 3_000).Select(i => $"model A{i} : [B, 4] -> [B, 2] {{ linear(2) }}\n")), "" },
        { "twins", Times("model A : [B, 4] -> [B, 2] { linear(2) }\n", 10_000), "DLM0102" },
        { "parameters", $"model A({string.Join(", ", Enumerable.Range(0, 20_000).Select(i => $"p{i}: int"))}) : [B, 4] -> [B, 2] {{ linear(2) }}", "" },
        { "twin parameters", $"model A({Times("a: int, ", Long)}) : [B, 4] -> [B, 2] {{ linear(2) }}", "DLM0102" },
        { "dimensions", $"model A : [{string.Join(", ", Enumerable.Range(0, 20_000).Select(i => $"D{i}"))}, 4] -> [D0, 2] {{ linear(2) }}", "DLM0202" },
        { "uses", Times("use A.B.C\n", 50_000), "" },
        { "a long name", $"namespace A{Times(".A", Long)}", "" },
    };

    [Theory, MemberData(nameof(Files))]
    public void AsAFile(string name, string text, string needed)
    {
        Assert.NotEmpty(name);
        var compiled = Bounded.Run(() => TreeRules.Check(text));
        CheckErrors(needed, compiled);
    }

    /// <summary>Legal, if long: what flows through 10,000 stages is checked and written.</summary>
    [Fact]
    public void ALongChainIsAModel()
    {
        var text = $"model A : [B, 4] -> [B, 4] {{ relu{Times(" -> relu", 10_000)} }}";
        Assert.Single(Bounded.Run(() => TreeRules.Check(text)).Sources);
    }

    [Fact]
    public void ManyErrorsAreCutOff()
    {
        var diagnostics = Bounded.Run(() => TreeRules.Check(Times("model A : [B, 4] -> [B, 2] { lineal(2) }\n", 500))).Diagnostics;
        Assert.InRange(diagnostics.Count, 50, 101);
        Assert.Contains(diagnostics, d => d.Id == "DLM0903");
    }

    private static void CheckErrors(string needed, CompiledFile compiled)
    {
        var errors = compiled.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Id).ToArray();
        if (needed.Length > 0) Assert.Contains(needed, errors);
        else Assert.Empty(errors);
    }

    private static string Nest(int depth, Func<string, string> around)
    {
        var text = "2";
        for (var i = 0; i < depth; i++) text = around(text);
        return $"linear({text})";
    }

    private static string Times(string text, int count) => new System.Text.StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
