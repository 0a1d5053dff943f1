using System.Globalization;
using System.Text;

namespace Dlm.Benchmarks.Compiler;

/// <summary>Texts that no one writes by accident. Each is meant to be answered within a second and 500 MB.</summary>
internal static class HostileFiles
{
    private const int Deep = 10_000;

    /// <summary>The texts by name, made when they are needed.</summary>
    public static IReadOnlyDictionary<string, Func<string>> All { get; } = new Dictionary<string, Func<string>>
    {
        ["parentheses 10,000 deep"] = () => Model($"linear({Times("(", Deep)}2{Times(")", Deep)})"),
        ["braces 10,000 deep"] = () => Model($"{Times("{", Deep)} linear(2) {Times("}", Deep)}"),
        ["repeats 10,000 deep"] = () => Model($"{Times("repeat 2 {", Deep)} linear(2) {Times("}", Deep)}"),
        ["brackets left open"] = () => Times("{(", 499_000),
        ["a line of 10 MB"] = () => Times("relu -> ", 10_000_000 / 8),
        ["a line of 1 MB"] = () => Model(Times("relu -> ", 124_000) + "relu"),
        ["a million NUL bytes"] = () => Times("\0", 999_999),
        ["lone surrogates"] = () => Times("\uD800 ", 499_000),
        ["a repeat of 10^9"] = () => Model("a: repeat 1_000_000_000 { linear(4) }"),
        ["repeats of repeats"] = () => Model("a: repeat 1000 { b: repeat 1000 { c: repeat 1000 { linear(4) } } }"),
        ["a repeat of 10,000 turns that differ"] = () => Model("a: repeat i in 0..10_000 { linear(i + 1) }"),
        ["a loop of 10,000 turns that changes its size"] = () => Model("a: repeat i in 0..10_000 { conv(n + i, 1) }", "n: int", "[B, n, H, W]", "[B, _, H, W]"),
        ["blocks that contain each other"] = () => "block A : [B, 4] -> [B, 4] { C -> relu }\nblock C : [B, 4] -> [B, 4] { A -> relu }\n" + Model("A"),
        ["60 blocks that double"] = () => Doubling(60),
        ["20 blocks that double"] = () => Doubling(20),
        ["59 blocks that double with other arguments"] = () => string.Concat(Enumerable.Range(0, 59).Select(i =>
            $"block A{I(i)}(n: int) : [B, D] -> [B, n] {{ {(i == 0 ? "linear(n)" : $"A{I(i - 1)}(n + 1) -> A{I(i - 1)}(n)")} }}\n")) + Model("A58(4)"),
        ["1,000 models that call the last block"] = () => Doubling(12) + string.Concat(Enumerable.Range(0, 1000).Select(i => $"model M{I(i)} : [B, 4] -> [B, 4] {{ A12 }}\n")),
        ["a body of 100,000 statements"] = () => Model(Times("relu\n", 100_000)),
        ["a body of 38,000 stages"] = () => Model(Times("relu\n", 19_000)),
        ["a body of 15,000 named values"] = () => Model($"x0 = relu\n{Lines(15_000, i => $"x{i + 1} = x{i} -> relu")}x15000 -> relu"),
        ["30,000 constants"] = () => Model($"const c0 = 1\n{Lines(30_000, i => $"const c{i + 1} = c{i} + 1")}linear(c30000)"),
        ["10,000 keys of one kind"] = () => Model(Times("linear(4)\n", 10_000)),
        ["10,000 widths over a parameter"] = () => Model(Lines(10_000, i => $"linear(n + {i})"), "n: int"),
        ["1,000 choices one behind the other"] = () => Model(Lines(1000, i => $"if n > {i} then linear(4) else relu"), "n: int"),
        ["choices in choices, 90 deep"] = () => Model($"{Times("if n > 1 then (linear(4) -> ", 90)}relu{Times(") else relu", 90)}", "n: int"),
        ["20,000 parameters"] = () => $"model A({Join(20_000, i => $"p{i}: int = 1")}) : [B, 4] -> [B, 2] {{ linear(2) }}",
        ["20,000 parameters in one sum"] = () => $"model A({Join(20_000, i => $"p{i}: int = 1")}) : [B, 4] -> [B, _] {{ {Lines(400, l => $"linear({string.Join(" + ", Enumerable.Range(l * 50, 50).Select(i => "p" + I(i)))})")} }}",
        ["5,000 inputs"] = () => $"model A : ({Join(5_000, i => $"x{i}: [B, {i + 1}]")}) -> [B, _] {{ concat(dim: 1) }}",
        ["20,000 dimensions"] = () => $"model A : [{Join(20_000, i => $"D{i}")}, 4] -> [D0, 2] {{ relu }}",
        ["20,000 arguments"] = () => Model($"linear({Join(20_000, i => $"a{i}: 1")})"),
        ["3,000 misspelt names"] = () => Lines(3000, i => $"model A{i} : [B, 4] -> [B, 4] {{ lineer{i}(4) }}"),
        ["a misspelt name among 20,000"] = () => Lines(20_000, i => $"model Name{i} : [B, 4] -> [B, 4] {{ linear(4) }}") + Model("Nema1"),
        ["10,000 requirements"] = () => Model($"{Lines(10_000, i => $"require n % {i + 2} == 0")}relu", "n: int"),
        ["1,000 requirements on products"] = () => Model($"{Lines(1000, i => $"require (n * m) % {i + 2} == 0")}linear(n * m / 7 * 7)", "n: int, m: int"),
        ["a formula of quotients"] = () => Model($"{Lines(60, i => $"const x{i + 1} = ({(i == 0 ? "a" : $"x{i}")} + b) / 3 * ({(i == 0 ? "b" : $"x{i}")} / 2)")}linear(x60)", "a: int, b: int"),
        ["a power of a polynomial"] = () => Model("linear((1 + a + b + c + d) ** 60)", "a: int, b: int, c: int, d: int"),
        ["100 counter-examples"] = () => Lines(100, i => $"model A{i} : (x: [B, 3, H, W]) -> [B, 3, _, _] {{ (x -> maxpool(2) -> maxpool(2) -> maxpool(2) -> maxpool(2) -> upsample(16)) + (x -> maxpool(3) -> maxpool(3) -> upsample(9)) }}"),
        ["a function that doubles 60 times"] = () => $"fn f0(x) = x + x\n{Lines(59, i => $"fn f{i + 1}(x) = f{i}(x) + f{i}(x)")}" + Model("f59"),
        ["disabling comments"] = () => Times("// dlm-disable DLM9999\n", 40_000) + Model("relu"),
        ["100,000 uses"] = () => Times("use A.B\n", 100_000) + Model("relu"),
        ["10,000 families of families"] = () => Lines(10_000, i => $"model A{i} = A{i + 1}") + "model A10000 : [B, 4] -> [B, 4] { relu }",
        ["sizes beyond 64 bits"] = () => Model("linear(9_223_372_036_854_775_807) -> linear(9_223_372_036_854_775_807)"),
    };

    private static string Model(string body, string parameters = "", string input = "[B, 4]", string output = "[B, _]") =>
        $"model Main{(parameters.Length > 0 ? $"({parameters})" : "")} : {input} -> {output} {{\n{body}\n}}\n";

    private static string Doubling(int levels) => "block A0 : [B, 4] -> [B, 4] { linear(4) -> relu }\n"
        + string.Concat(Enumerable.Range(1, levels).Select(i => $"block A{I(i)} : [B, 4] -> [B, 4] {{ A{I(i - 1)} -> A{I(i - 1)} }}\n")) + Model($"A{I(levels)}");

    private static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(i => line(i) + "\n"));

    private static string Join(int count, Func<int, string> item) => string.Join(", ", Enumerable.Range(0, count).Select(item));

    private static string Times(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static string I(int value) => value.ToString(CultureInfo.InvariantCulture);
}
