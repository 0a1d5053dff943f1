using System.Text.RegularExpressions;

namespace Dlm.Generator.Tests.Harness;

/// <summary>Changes to models that often leave them models: the same ones on every run.</summary>
internal sealed partial class ModelMutations(IReadOnlyList<string> corpus, int seed)
{
    private static readonly string[] Signs = ["+", "-", "*", "/", "%", "**", "@", "==", "!=", "<", "<=", ">", "and", "or"];
    private static readonly string[] Numbers = ["0", "1", "2", "3", "4", "5", "7", "8", "16", "64", "0.5", "-1", "true", "\"mean\""];
    private static readonly string[] Wraps =
    [
        "g: {{ {0} }}", "residual {{ {0} }}", "repeat i in 0..3 {{ {0} }}", "repeat 2 {{ {0} }}", "y = {0}", "named: {0}", "parallel {{ a: {{ {0} }} b: {{ relu }} }} -> concat(dim: 1)",
        "if 1 == 1 then ({0}) else relu", "if true then ({0}) else relu", "{0} -> {0}", "({0}) + 1", "relu -> {0}", "{0} -> flatten", "checkpoint {{ {0} }}",
    ];

    private readonly Random random = new(seed);

    /// <summary>A model with one to three changes.</summary>
    public string Next()
    {
        var text = Any(corpus);
        for (var i = random.Next(1, 4); i > 0; i--) text = Mutate(text);
        return text;
    }

    private string Mutate(string text)
    {
        switch (random.Next(8))
        {
            case 0 or 1:
                return Replace(text, Number(), Any(Numbers));
            case 2:
                var names = Name().Matches(random.Next(2) == 0 ? text : Any(corpus));
                return names.Count == 0 ? text : Replace(text, Name(), Any<Match>(names).Value);
            case 3:
                return Replace(text, Sign(), Any(Signs));
            case 4:
                return Lines(text, lines => lines.RemoveAt(random.Next(lines.Count)));
            case 5:
                return Lines(text, lines => lines.Insert(random.Next(lines.Count), Any(lines)));
            case 6:
                return Lines(text, lines => lines.Insert(random.Next(lines.Count), Any(Any(corpus).Split('\n'))));
            default:
                return Lines(text, lines =>
                {
                    var at = random.Next(lines.Count);
                    if (Statement().IsMatch(lines[at])) lines[at] = string.Format(null, Any(Wraps), lines[at].Split("//")[0].Trim());
                });
        }
    }

    private string Replace(string text, Regex what, string by)
    {
        var matches = what.Matches(text);
        if (matches.Count == 0) return text;
        var match = Any<Match>(matches);
        return string.Concat(text.AsSpan(0, match.Index), by, text.AsSpan(match.Index + match.Length));
    }

    private static string Lines(string text, Action<List<string>> change)
    {
        var lines = text.Split('\n').ToList();
        change(lines);
        return string.Join("\n", lines);
    }

    private T Any<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    [GeneratedRegex(@"\b\d[\d_.]*\b")]
    private static partial Regex Number();

    [GeneratedRegex(@"\b[A-Za-z_]\w*\b")]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<=\s)(\+|-|\*\*|\*|/|%|@|==|!=|<|<=|>|and|or)(?=\s)")]
    private static partial Regex Sign();

    [GeneratedRegex(@"^\s+[\w(].*[\w)]\s*(//.*)?$")]
    private static partial Regex Statement();
}
