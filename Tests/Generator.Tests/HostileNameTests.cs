using Dlm.Generator.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Dlm.Generator.Tests;

/// <summary>Whatever things are called, the C# compiles and nothing else is in it.</summary>
public sealed class HostileNameTests
{
    /// <summary>C#'s own words, and names that generated code uses or inherits.</summary>
    private static readonly string[] names =
    [
        .. SyntaxFacts.GetKeywordKinds().Select(SyntaxFacts.GetText).Where(SyntaxFacts.IsValidIdentifier),
        "System", "TorchSharp", "torch", "nn", "functional", "Tensor", "Module", "Parameter", "Modules", "Int64", "String", "Math",
        "Dlm", "Exception", "ArgumentException", "Linear", "Conv2d", "Sequential", "dtype", "device",
        "forward", "RegisterComponents", "call", "Call", "Forward", "name", "GetName", "parameters", "named_parameters", "children", "modules", "buffers",
        "register_module", "training", "train", "eval", "to", "save", "load", "state_dict", "Dispose", "dispose",
        "Equals", "GetHashCode", "GetType", "ToString", "Finalize", "MemberwiseClone", "ReferenceEquals", "handle",
        "_", "__", "_1", "input", "x", "x0", "x1", "output", "result", "scope", "self", "main", "Main", "B", "i", "é", "größe",
        "linear1", "_linear1", "_M", "_x", "tensor", "size", "flow", "turn", "turns", "_turns", "next", "C", "FloorDivide", "ParameterCount", "MultiplyAccumulates",
        "Info", "_placement", "home", "DlmCheckpoint", "DlmOperators", "DlmPlacement",
    ];

    /// <summary>Words of the language: it may refuse them where they could be read as such.</summary>
    private static readonly string[] words = ["false", "if", "not", "true", "while", "yield"];

    [Fact]
    public void AsModels() => Compiles(
        name => $"model {name} : [B, 4] -> [B, 2] {{ linear(2) }}",
        refused: ["DlmCheckpoint", "DlmOperators", "DlmPlacement", "FloorDivide", "Info", "MultiplyAccumulates", "ParameterCount", "RegisterComponents", "_", "forward"]);

    [Fact]
    public void AsParametersInSizes() => Compiles(
        name => $"model M({name}: int = 4) : [B, {name} / 2, {name}] -> [B, {name} / 2, {name}] {{ linear({name} / 2) -> linear({name}) }}");

    [Fact]
    public void AsInputsGroupsAndStages() =>
        Compiles(name => $"model M : ({name}: [B, 4]) -> [B, 2] {{ {name}: {{ {name}: linear(3) -> relu }} -> end: linear(2) }}");

    [Fact]
    public void AsStagesBesideTheirFields() =>
        Compiles(name => $"model M : [B, 4] -> [B, 2] {{ {name}: linear(3) -> _{name}: relu -> __{name}: linear(2) }}");

    [Fact]
    public void AsModelAndItsParameterAndItsStage() => Compiles(
        name => $"model {name}({name}: int = 2) : [B, 4] -> [B, {name}] {{ {name}: linear({name}) }}",
        refused: ["DlmCheckpoint", "DlmOperators", "DlmPlacement", "FloorDivide", "Info", "MultiplyAccumulates", "ParameterCount", "RegisterComponents", "_", "forward"]);

    [Fact]
    public void AsBlocks() => Compiles(
        name => $"block {name}(width: int) : [N, K] -> [N, width] {{ linear(width) }}\nmodel M : [N, 4] -> [N, 2] {{ {name}(3) -> {name}(2) }}",
        refused: ["DlmCheckpoint", "DlmOperators", "DlmPlacement", "FloorDivide", "Info", "MultiplyAccumulates", "ParameterCount", "RegisterComponents", "_", "forward"]);

    [Fact]
    public void AsValues() => Compiles(
        name => $"block Add : (x: [N, K]) -> [N, K] {{ {name} = x -> linear(K)\n relu({name} + x) }}\nmodel M : [B, 4] -> [B, 4] {{ Add }}",
        refused: ["x"]);

    [Fact]
    public void AsDimensions() => Compiles(
        names.Where(name => char.IsUpper(name[0])),
        name => $"model M : [{name}, {name}, 4] -> [{name}, {name}, 2] {{ linear(2) }}");

    [Fact]
    public void AsRepeatsAndTheirCounters() => Compiles(
        name => $"model M : [B, 4] -> [B, 2] {{ {name}: repeat {name} in 0..3 {{ Row(if {name} == 2 then 2 else 4) }} }}\nblock Row({name}: int) : [N, K] -> [N, {name}] {{ linear({name}) }}");

    [Fact]
    public void AsNamespaceAndItsModel() => Compiles(
        names.Select(name => (name, $"namespace {name}\nmodel {name} : [B, 4] -> [B, 2] {{ linear(2) }}\n")),
        refused: ["DlmCheckpoint", "DlmOperators", "DlmPlacement", "FloorDivide", "Info", "MultiplyAccumulates", "ParameterCount", "RegisterComponents", "System", "TorchSharp", "_", "forward"]);

    [Theory]
    [InlineData("Some Name-2.x")]
    [InlineData("torch.nn")]
    [InlineData("class.namespace")]
    [InlineData("a{};b")]
    public void AsRootNamespace(string name)
    {
        var run = new DlmProject(name, ("a.dlm", "model M : [B, 4] -> [B, 2] { linear(2) }")).Run();
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Problems);
    }

    [Theory]
    [InlineData("System")]
    [InlineData("System.Math")]
    [InlineData("TorchSharp.torch")]
    public void ANamespaceThatHidesTypesIsRefused(string name)
    {
        var run = new DlmProject(name, ("a.dlm", "model M : [B, 4] -> [B, 2] { linear(2) }")).Run();
        Assert.Empty(run.Sources);
        Assert.StartsWith($"/project/a.dlm(1,1): error DLM0113: Models cannot be in the namespace '{name}'", Assert.Single(run.Diagnostics).ToString());
    }

    private const string Settings = "{\n  loss cross_entropy\n  optimizer adam\n  epochs 1\n  batch 1\n  seed 1\n  freeze \"*.bias\"\n  group \"*\": decay 0\n}\n";

    [Fact]
    public void AsModelsOfRecipes() => Compiles(
        names.Except(["DlmCheckpoint", "DlmOperators", "DlmPlacement", "FloorDivide", "Info", "MultiplyAccumulates", "ParameterCount", "RegisterComponents", "_", "forward"])
            .Concat(["BatchSize", "CreateOptimizer", "CreateTrainer", "Freeze", "Loss", "Options", "Rate", "Seed", "network", "options", "rate", "data"]),
        name => $"model {name} : [B, 4] -> [B, 2] {{ linear(2) }}\ntrain T_ on {name} {Settings}");

    [Fact]
    public void AsRecipes() => Compiles(
        names.Except(["DlmCheckpoint", "DlmOperators", "DlmPlacement", "FloorDivide", "Info", "MultiplyAccumulates", "ParameterCount", "RegisterComponents", "_", "forward"])
            .Concat(["BatchSize", "CreateOptimizer", "CreateTrainer", "Freeze", "Loss", "Options", "Rate", "Seed", "network", "options", "rate", "data"]),
        name => $"model M_ : [B, 4] -> [B, 2] {{ linear(2) }}\ntrain {name} on M_ {Settings}",
        refused: ["BatchSize", "CreateOptimizer", "CreateTrainer", "Freeze", "Loss", "Options", "Rate", "Seed"]);

    [Fact]
    public void AsFiles()
    {
        string[] paths =
        [
            "a.dlm", "A.dlm", "a.DLM", "sub/a.dlm", "sub.a.dlm", "SUB/a.dlm", "/elsewhere/a.dlm", "/a.dlm", ".dlm", " .dlm", "..dlm",
            "a b.dlm", " a .dlm", "a.g.cs.dlm", "\".dlm", "'.dlm", "*?<>|:.dlm", "a\\b.dlm", "(28).dlm", "().dlm", "[1].dlm", "{x}.dlm", "%41.dlm",
            "\n.dlm", "\u2028.dlm", "\u0001.dlm", "\ud800.dlm", "🙂.dlm", "é.dlm", "e\u0301.dlm", "CON.dlm", new string('n', 200) + ".dlm",
        ];
        var files = paths.Select((path, i) => (path, $"namespace Case{i}\nmodel M : [B, 4] -> [B, 2] {{ linear(2) }}\n"));
        var run = new DlmProject(files).Run();
        Assert.Empty(run.Diagnostics);
        Assert.Equal(files.Count(), run.Sources.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Empty(run.Problems);
    }

    /// <summary>Compiles a file for each name, each in a namespace of its own.</summary>
    private static void Compiles(Func<string, string> model, params string[] refused) => Compiles(names, model, refused);

    /// <inheritdoc cref="Compiles(Func{string, string}, string[])"/>
    private static void Compiles(IEnumerable<string> names, Func<string, string> model, params string[] refused) =>
        Compiles(names.Select((name, i) => (name, $"namespace Case{i}\n{model(name)}\n")), refused);

    /// <summary>Compiles all but those that the language refuses, each with a message about the name.</summary>
    private static void Compiles(IEnumerable<(string Name, string Text)> files, params string[] refused)
    {
        var all = files.Select((file, i) => (file.Name, File: ($"{i}.dlm", file.Text))).ToList();
        var run = new DlmProject(all.Select(file => file.File)).Run();
        var wrong = run.Diagnostics.Select(diagnostic => Path.GetFileName(diagnostic.Location.GetLineSpan().Path)).ToHashSet();
        var found = all.Where(file => wrong.Contains(file.File.Item1)).Select(file => file.Name).Except(words).Order(StringComparer.Ordinal);
        Assert.Equal(string.Join(" ", refused), string.Join(" ", found));
        Assert.Empty(run.Problems);
    }
}
