using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Diagnostics;

internal readonly partial struct DiagnosticBuilder
{
    public void InitMatchesNothing(string pattern, IEnumerable<string> keys)
    {
        var all = keys.ToArray();
        var near = Spelling.DidYouMean(pattern, all.Take(1000).SelectMany(PatternsOf));
        if (near.Length == 0) near = $" There {(all.Length == 1 ? "is" : "are")} {Some(all)}.";
        Report(DiagnosticKinds.InitMatchesNothing, $"No parameter matches \"{pattern}\".{near}");
    }

    public void InitLayerUnknown(string name, IReadOnlyList<string> layers, bool isKey) => Report(
        DiagnosticKinds.InitMatchesNothing,
        isKey
            ? $"There is no operator '{name}'. A rule for a stage or a param is a pattern of its keys, in quotes: \"{name}\"."
            : $"There is no operator '{name}'.{Spelling.DidYouMean(name, layers)} A rule is for an operator such as linear, or for a pattern of keys such as \"*.bias\".");

    public void InitLayerMissing(string name, IReadOnlyList<string> layers) => Report(
        DiagnosticKinds.InitMatchesNothing,
        $"No layer with parameters is a '{name}' here. {(layers.Count == 0 ? "There is none: name a param by its key, in quotes." : $"There {(layers.Count == 1 ? "is" : "are")} {Some(layers)}.")}");

    public void InitRoleUnknown(string layer, string role, IEnumerable<string> roles)
    {
        var all = roles.Distinct().ToArray();
        var near = Spelling.DidYouMean(role, all);
        Report(DiagnosticKinds.InitMatchesNothing, $"'{layer}' has no parameter '{role}' here.{(near.Length > 0 ? near : $" It has {Some(all)}.")}");
    }

    public void InitUnfit(Initializer initializer, ParameterKey parameter) => Report(
        DiagnosticKinds.InitUnfit,
        $"""
        '{initializer.Name}' needs {initializer.NeededRank}, and a parameter that the rule is for has {parameter.Weight.Dims.Length}.
            {parameter.Shown}  [{string.Join(", ", parameter.Weight.Dims.Select(d => d.ToString()))}]
            help: {(initializer.LeastRank > parameter.Weight.Dims.Length ? "name those alone that have them, or write a rule for this one behind it, such as zeros" : "use orthogonal or xavier")}
        """);

    public void InitUnfit(Initializer initializer, string type, int rank) => Report(
        DiagnosticKinds.InitUnfit,
        $"'{initializer.Name}' needs {initializer.NeededRank}, and {type} has {rank}. {(initializer.LeastRank > rank ? "Use zeros, or normal(0, 0.02)." : "Use orthogonal or xavier.")}");

    private static string Some(IReadOnlyList<string> names) => string.Join(", ", names.Take(8)) + (names.Count > 8 ? ", ..." : "");

    // body.0.weight: itself, with a star for its numbers, its ends, and the modules that it is in.
    private static IEnumerable<string> PatternsOf(string key)
    {
        yield return key;
        yield return string.Join(".", key.Split('.').Select(part => part.All(char.IsDigit) ? "*" : part));
        for (var i = key.IndexOf('.'); i >= 0; i = key.IndexOf('.', i + 1))
        {
            yield return key.Substring(0, i);
            yield return key.Substring(0, i) + ".*";
            yield return "*" + key.Substring(i);
        }
    }
}
