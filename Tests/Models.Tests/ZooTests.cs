using System.Globalization;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace Dlm.Models.Tests;

/// <summary>Each model of the zoo is the published one: the same keys, counts and output as PyTorch's.</summary>
public sealed partial class ZooTests
{
    private static readonly Lazy<Dictionary<string, string[]>> Counts = new(() => File
        .ReadLines(Path.Combine(Reference.Folder, "counts.csv"))
        .Skip(1)
        .Select(line => Cell().Matches(line).Select(cell => cell.Value.Trim('"')).ToArray())
        .ToDictionary(cells => cells[0], StringComparer.Ordinal));

    [Theory, MemberData(nameof(Zoo.Names), MemberType = typeof(Zoo))]
    public void ComputesWhatTheReferenceDoes(string name)
    {
        var reference = Reference.Read(name);
        using var scope = NewDisposeScope();
        var model = Zoo.Find(name);
        using var module = model.Make();

        // PyTorch's keys: a checkpoint made elsewhere loads unchanged. TorchSharp's state_dict lists all parameters before the buffers,
        // so the two are compared each in their own order.
        var state = module.state_dict().Select(entry => KeyValuePair.Create(entry.Key, entry.Value.shape)).ToArray();
        var buffers = module.named_buffers().Select(buffer => buffer.name).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(Lines(reference.State.Where(entry => !buffers.Contains(entry.Key))), Lines(state.Where(entry => !buffers.Contains(entry.Key))));
        Assert.Equal(Lines(reference.State.Where(entry => buffers.Contains(entry.Key))), Lines(state.Where(entry => buffers.Contains(entry.Key))));
        Assert.Equal(reference.Parameters, module.parameters().Sum(parameter => parameter.numel()));
        if (!model.IsSmall) Assert.Equal(reference.Parameters, model.Figure("ParameterCount"));

        if (reference.Output is not { } first) return;
        Fill.Apply(module);
        module.eval();
        using var unrecorded = no_grad();
        var (expected, outputs) = (reference.Others.Prepend(first).ToArray(), Zoo.Call(module, reference.MakeInputs()));
        Assert.Equal(expected.Length, outputs.Length);
        Assert.All(expected.Zip(outputs), pair => pair.First.AssertNear(ReferenceOutput.Of(pair.Second.shape, pair.Second.data<float>().ToArray()), 1e-4));
    }

    [Theory, MemberData(nameof(Zoo.Names), MemberType = typeof(Zoo))]
    public void HasThePublishedFigures(string name)
    {
        var model = Zoo.Find(name);
        if (model.Published is null) return;
        var cells = Counts.Value[model.Published];
        Assert.Equal(cells[1], model.Figure("ParameterCount").ToString(CultureInfo.InvariantCulture));
        if (cells[2].Length == 0) return;
        var gmacs = model.Figure("MultiplyAccumulates") / 1e9m;
        Assert.Equal(decimal.Parse(cells[2], CultureInfo.InvariantCulture), Math.Round(gmacs, 3));
    }

    [Fact]
    public void HoldsEveryModel()
    {
        var compiled = typeof(Vision.LeNet5).Assembly.GetExportedTypes().Where(type => type.GetField("ParameterCount") is not null);
        Assert.Equal(Names(compiled), Names(Zoo.Models.Select(model => model.Class).Concat(Zoo.TooLarge)));

        static IEnumerable<string?> Names(IEnumerable<Type> types) => types.Select(type => type.FullName).Distinct().Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Lines(IEnumerable<KeyValuePair<string, long[]>> state) =>
        state.Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value)}]");

    // A cell of a comma-separated line, which quotes around it may let hold commas.
    [GeneratedRegex("(?<=^|,)(\"[^\"]*\"|[^,\"]*)(?=,|$)")]
    private static partial Regex Cell();
}
