using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Elaboration;

/// <summary>A few lines can describe a model without end. Elaboration is bounded all the same.</summary>
public sealed class HostileModelTests
{
    /// <summary>A name, a file, and a diagnostic that it must get; none where it is legal.</summary>
    public static TheoryData<string, string, string> Files() => new()
    {
        { "a repeat of 10^9", Model("layers: repeat 1_000_000_000 { linear(4) }"), "DLM0902" },
        { "repeats of repeats", Model("a: repeat 1000 { b: repeat 1000 { c: repeat 1000 { linear(4) } } }"), "DLM0902" },
        { "a repeat of 10^18", Model("a: repeat 1_000_000_000_000_000_000 { relu }"), "DLM0902" },
        { "a repeat backwards", Model("a: repeat i in 5..0 { linear(4) } -> linear(4)"), "" },
        { "a repeat by an open count", Model("a: repeat n { linear(4) }", "n: int"), "" },
        { "a block in itself", "block A : [B, 4] -> [B, 4] { A -> relu }\n" + Model("A"), "DLM0114" },
        { "blocks in each other", "block A : [B, 4] -> [B, 4] { C -> relu }\nblock C : [B, 4] -> [B, 4] { A -> relu }\n" + Model("A"), "DLM0114" },
        { "a ring of 100 blocks", Ring(100), "DLM0902" },
        { "a block as its own argument", "block A(f: block) : [B, 4] -> [B, 4] { f(f) -> relu }\n" + Model("A(A)"), "DLM0114" },
        { "a family of itself", "model A = A()\n", "DLM0114" },
        { "families of each other", "model A = C()\nmodel C = A()\n", "DLM0114" },
        { "a ring of 50 blocks", Ring(50), "DLM0114" },
        { "10,000 families of families", string.Concat(Enumerable.Range(0, 10_000).Select(i => $"model A{i} = A{i + 1}\n")) + "model A10000 : [B, 4] -> [B, 4] { relu }", "DLM0902" },
        { "a quotient of quotients", Model(string.Concat(Enumerable.Range(1, 60).Select(i => $"const x{i} = ({(i == 1 ? "a" : $"x{i - 1}")} + b) / 3 * ({(i == 1 ? "b" : $"x{i - 1}")} / 2)\n")) + "linear(x60)", "a: int, b: int"), "DLM0902" },
        { "60 blocks that double", Doubling(60), "DLM0902" },
        { "15 blocks that double", Doubling(15), "" },
        { "2000 blocks in a row", Row(2000), "DLM0902" },
        { "a size that doubles", Model("a: repeat i in 0..100 { linear(4 * 2 ** i) }"), "DLM0902" },
        { "a tower of powers", Model("linear(2 ** 2 ** 2 ** 2 ** 2 ** 2)"), "DLM0112" },
        { "a polynomial of many terms", Model($"linear({string.Join(" * ", "abcdefghijklmnop".Select(c => $"(1 + {c})"))})", string.Join(", ", "abcdefghijklmnop".Select(c => $"{c}: int"))), "DLM0902" },
        { "a power of a polynomial", Model("linear((1 + a + b + c + d) ** 60)", "a: int, b: int, c: int, d: int"), "DLM0902" },
        { "nested quotients", Model($"linear({Nested("a", 40, inner => $"({inner} + b) / 3 * c")})", "a: int, b: int, c: int"), "" },
        { "a residual tower", Model(string.Concat(Enumerable.Repeat("x = linear(4) -> relu\n", 1).Concat(Enumerable.Range(0, 500).Select(i => $"x{i} = {(i == 0 ? "x" : $"x{i - 1}")} -> linear(4) + {(i == 0 ? "x" : $"x{i - 1}")}\n"))) + "x499"), "" },
        { "choices of choices", Model(string.Join(" -> ", Enumerable.Range(0, 200).Select(i => $"(if n > {i} then linear(4) else relu)")), "n: int"), "" },
    };

    [Theory, MemberData(nameof(Files))]
    public void IsBounded(string name, string text, string needed)
    {
        Assert.NotEmpty(name);
        var errors = Bounded.Run(() => TreeRules.Check(text)).Diagnostics.Where(d => d.Severity == Severity.Error).ToArray();
        if (needed.Length == 0) Assert.Empty(errors);
        else Assert.Contains(needed, errors.Select(d => d.Id));
        Assert.InRange(errors.Length, 0, 3);
    }

    private static string Model(string body, string parameters = "") =>
        $"model Main({parameters}) : [B, 4] -> [B, _] {{\n{body}\n}}\n".Replace("()", "", StringComparison.Ordinal);

    private static string Ring(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"block A{i} : [B, 4] -> [B, 4] {{ A{(i + 1) % count} -> relu }}\n")) + Model("A0");

    private static string Doubling(int levels) =>
        "block A0 : [B, 4] -> [B, 4] { linear(4) -> relu }\n"
        + string.Concat(Enumerable.Range(1, levels).Select(i => $"block A{i} : [B, 4] -> [B, 4] {{ A{i - 1} -> A{i - 1} }}\n")) + Model($"A{levels}");

    private static string Row(int count) =>
        "block A0 : [B, 4] -> [B, 4] { relu }\n"
        + string.Concat(Enumerable.Range(1, count).Select(i => $"block A{i} : [B, 4] -> [B, 4] {{ A{i - 1} -> relu }}\n")) + Model($"A{count}");

    private static string Nested(string seed, int depth, Func<string, string> around)
    {
        for (var i = 0; i < depth; i++) seed = around(seed);
        return seed;
    }
}
