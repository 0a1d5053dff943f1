using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Emission;

/// <summary>Writes how the parameters of a module begin where a rule says so: each is drawn once, by the last rule for it, in the order of the keys.</summary>
internal sealed class InitWriter(IReadOnlyList<InitRule> rules, NameTable names, CSharpValues values)
{
    private const string Ordinal = "global::System.StringComparison.Ordinal";

    private readonly string key = names.Take("key"), layer = names.Take("layer"), name = names.Take("name"), parameter = names.Take("parameter");

    /// <summary>The call that draws a tensor.</summary>
    public static string Call(Initialization drawn, string tensor, CSharpValues values) =>
        $"{CSharpNames.Torch}.nn.init.{drawn.Method}({string.Join(", ", drawn.Arguments.Select(a => Argument(a, values)).Prepend(tensor))})";

    /// <summary>Writes the rules for the parameters of <paramref name="module"/>.</summary>
    public void Write(IndentedWriter writer, string module) => Write(writer, [$"{InitClass.Name}.ParametersOf({module})"]);

    /// <summary>Writes the rules for the parameters of several modules, whose keys begin with their names.</summary>
    public void Write(IndentedWriter writer, IEnumerable<(string Module, string Name)> modules) =>
        Write(writer, modules.Select(m => $"{InitClass.Name}.ParametersOf({m.Module}, {CSharpNames.Quote(m.Name + ".")})").ToArray());

    private void Write(IndentedWriter writer, IReadOnlyList<string> sources)
    {
        if (rules.Count == 0) return;
        var usesLayer = rules.SelectMany(r => r.Targets).Any(t => t is LayerTarget);
        var usesKey = rules.SelectMany(r => r.Targets).Any(t => t is KeyTarget { Pattern: not "*" });
        writer.Open($"using ({CSharpNames.Torch}.no_grad())");
        writer.Open($"foreach (var ({(usesKey ? key : "_")}, {(usesLayer ? layer : "_")}, {(usesLayer ? name : "_")}, {parameter}) in {sources.Aggregate((all, more) => $"global::System.Linq.Enumerable.Concat({all}, {more})")})");
        var word = "if";
        for (var i = rules.Count - 1; i >= 0; i--)
        {
            var call = $"{Call(rules[i].Value, parameter, values)};";
            if (rules[i].Targets.Any(t => t is KeyTarget { Pattern: "*" }))
            {
                writer.Line(word == "if" ? call : $"else {call}");
                break;
            }
            writer.Line($"{word} ({string.Join(" || ", Conditions(rules[i].Targets))})");
            writer.Line($"    {call}");
            word = "else if";
        }
        writer.Close();
        writer.Close();
    }

    private static string Argument(StaticValue value, CSharpValues values) => value is not StringValue word ? values.Write(value) : $"{CSharpNames.Torch}.nn.init." + word.Value switch
    {
        "fan_in" => "FanInOut.FanIn",
        "fan_out" => "FanInOut.FanOut",
        "leaky_relu" => "NonlinearityType.LeakyReLU",
        "relu" => "NonlinearityType.ReLU",
        "tanh" => "NonlinearityType.Tanh",
        "sigmoid" => "NonlinearityType.Sigmoid",
        _ => "NonlinearityType.Linear",
    };

    // Layers of which the same parameter is meant are one condition.
    private IEnumerable<string> Conditions(IReadOnlyList<InitTarget> targets) => targets.OfType<KeyTarget>().Select(Condition)
        .Concat(targets.OfType<LayerTarget>().GroupBy(Role).Select(g => $"{Layers(g.SelectMany(t => t.Classes))} && {g.Key}"));

    private string Condition(KeyTarget target)
    {
        var pattern = target.Pattern;
        var inside = $"{key}.StartsWith({CSharpNames.Quote(pattern + ".")}, {Ordinal})";
        if (!KeyGlob.IsOpen(pattern)) return !target.IsModule ? $"{key} == {CSharpNames.Quote(pattern)}" : !target.IsParameter ? inside : $"{key} == {CSharpNames.Quote(pattern)} || {inside}";
        if (pattern[0] == '*' && !KeyGlob.IsOpen(pattern.Substring(1))) return $"{key}.EndsWith({CSharpNames.Quote(pattern.Substring(1))}, {Ordinal})";
        var start = pattern.Substring(0, pattern.Length - 1);
        if (pattern.EndsWith("*", StringComparison.Ordinal) && !KeyGlob.IsOpen(start)) return $"{key}.StartsWith({CSharpNames.Quote(start)}, {Ordinal})";
        return $"{InitClass.Name}.Matches({CSharpNames.Quote(pattern)}, {key})";
    }

    private string Layers(IEnumerable<(string Class, bool IsOwn)> classes)
    {
        var all = classes.Distinct().OrderBy(c => c.Class, StringComparer.Ordinal).ToLookup(c => c.IsOwn);
        var types = all[false].Select(c => $"global::TorchSharp.Modules.{c.Class}").ToArray();
        // A layer of a generated file is known by its name: another file has a class of its own for it.
        var own = all[true].Select(c => CSharpNames.Quote(c.Class)).ToArray();
        var tests = new[] { types.Length > 0 ? $"{layer} is {AnyOf(types)}" : null, own.Length > 0 ? $"{layer}.GetName() is {AnyOf(own)}" : null };
        return types.Length > 0 && own.Length > 0 ? $"({string.Join(" || ", tests)})" : string.Concat(tests);
    }

    private string Role(LayerTarget target) => target.Names switch
    {
        [var only] => $"{name} == {CSharpNames.Quote(only)}",
        { } several => $"{name} is {AnyOf(several.Select(CSharpNames.Quote).ToArray())}",
        null => $"{name}.StartsWith({CSharpNames.Quote(target.Role)}, {Ordinal})",
    };

    private static string AnyOf(IReadOnlyList<string> patterns) => patterns.Count == 1 ? patterns[0] : $"({string.Join(" or ", patterns)})";
}
