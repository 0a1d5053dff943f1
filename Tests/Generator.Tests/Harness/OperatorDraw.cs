using Dlm.Dsl;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using static TorchSharp.torch;

namespace Dlm.Generator.Tests.Harness;

/// <summary>Draws calls of an operator that the compiler accepts.</summary>
internal static class OperatorDraw
{
    private const int Draws = 600;

    private static readonly long[] Sizes = [1, 2, 3, 4, 6, 8, 9];

    /// <summary>A call that the compiler accepts, as a model of its own, and what the compiler says of it.</summary>
    /// <param name="Name">The model's name.</param>
    /// <param name="Text">Input and stage, for messages.</param>
    /// <param name="Element">The input's element type.</param>
    /// <param name="Shape">The input's sizes.</param>
    /// <param name="Output">What flows out, all sizes known.</param>
    /// <param name="State">Each key of the checkpoint with its shape.</param>
    /// <param name="Followed">The model in which relu follows, for a few of those that give floats.</param>
    /// <param name="Sources">The models.</param>
    internal sealed record Call(
        string Name, string Text, ElementType Element, long[] Shape, TensorType Output, string[] State, string? Followed, string[] Sources);

    /// <summary>How many calls are drawn; a row without arguments has little to vary.</summary>
    public static int Wanted(Operator row) => row.Arguments.Count == 0 ? 4 : 16;

    /// <summary>The dtype that a module of float32 gives an element type.</summary>
    public static ScalarType Scalar(ElementType element) => element switch
    {
        ElementType.Float => ScalarType.Float32,
        ElementType.Float64 => ScalarType.Float64,
        ElementType.Int => ScalarType.Int64,
        _ => ScalarType.Bool,
    };

    /// <summary>Different calls that the compiler accepts, always the same.</summary>
    public static IReadOnlyList<Call> Draw(Operator row)
    {
        var random = new Random(row.Name.Aggregate(17, (seed, letter) => unchecked(seed * 31 + letter)));
        var calls = new List<Call>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Draws && calls.Count < Wanted(row); i++)
        {
            // What was accepted once tells what kind of tensor the row takes.
            var like = calls.Count > 0 && random.Next(4) > 0 ? calls[random.Next(calls.Count)] : null;
            var element = like?.Element ?? (random.Next(3) == 0 ? (ElementType)random.Next(4) : ElementType.Float);
            var shape = Enumerable.Range(0, like?.Shape.Length ?? random.Next(6)).Select(_ => Sizes[random.Next(Sizes.Length)]).ToArray();
            var isOpen = shape.Select(_ => random.Next(3) == 0).ToArray();
            var stage = Stage(row, random);
            if (!seen.Add($"{element}{string.Join(",", shape)} {stage}")) continue;
            var name = string.Concat(row.Name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..])) + $"_{calls.Count}";
            // Sizes that the input binds are open to the compiler; where the row has to know them, they are written out.
            if (Accept(name, element, shape, new bool[shape.Length], stage, calls.Count < 3) is not { } closed) continue;
            calls.Add(Accept(name, element, shape, isOpen, stage, calls.Count < 3) ?? closed);
        }
        return calls;
    }

    private static string Stage(Operator row, Random random)
    {
        var given = row.Arguments
            .Where(argument => !argument.IsOptional || random.Next(2) == 0)
            .Select(argument => $"{argument.Name}: {Value(argument, random)}")
            .ToArray();
        return given.Length == 0 ? row.Name : $"{row.Name}({string.Join(", ", given)})";
    }

    private static string Value(OperatorArgument argument, Random random) => argument.Kind switch
    {
        ArgumentKind.Int => $"{Whole(argument, random)}",
        ArgumentKind.IntOrPair => random.Next(2) == 0 ? $"{Whole(argument, random)}" : $"({Whole(argument, random)}, {Whole(argument, random)})",
        ArgumentKind.Float => random.Next(4) switch { 0 => "0.25", 1 => "0.5", 2 => "1", _ => "1.5" },
        ArgumentKind.Bool => random.Next(2) == 0 ? "true" : "false",
        _ => $"\"{argument.Words![random.Next(argument.Words.Length)]}\"",
    };

    private static long Whole(OperatorArgument argument, Random random) => argument.Minimum switch
    {
        long.MinValue => random.Next(-3, 4),
        0 => random.Next(3),
        var least => least + random.Next(4),
    };

    private static Call? Accept(string name, ElementType element, long[] shape, bool[] isOpen, string stage, bool canFollow)
    {
        var input = $"{Prefix(element)}[{string.Join(", ", shape.Select((size, i) => isOpen[i] ? $"D{i}" : $"{size}"))}]";
        foreach (var result in new[] { element, ElementType.Float }.Distinct())
        {
            foreach (var rank in Enumerable.Range(0, shape.Length + 2).OrderBy(rank => Math.Abs(rank - shape.Length)))
            {
                var signature = $"{input} -> {Prefix(result)}[{string.Join(", ", Enumerable.Repeat("_", rank))}]";
                var source = $"model {name} : {signature} {{\n  s: {stage}\n}}\n";
                var file = DlmCompiler.Elaborate(DlmCompiler.Parse("a.dlm", source));
                if (file.Models is [var model])
                {
                    var state = model.State.Select(entry => $"{entry.Key} [{string.Join<object>(", ", entry.Weight.Dims)}]").ToArray();
                    // The weights of these modules are float32.
                    if (state.Length > 0 && element == ElementType.Float64) return null;
                    var output = model.AtDefaults.Results[0].Type.Substitute(symbol => shape[int.Parse(symbol.Name[1..], null)]);
                    var followed = canFollow && output.Element == ElementType.Float ? name + "_Relu" : null;
                    var more = $"model {followed} : {signature} {{\n  s: {stage} -> relu\n}}\n";
                    return new(name, $"{input} {{{string.Join(", ", shape)}}} -> {stage}", element, shape, output, state, followed, followed is null ? [source] : [source, more]);
                }
                if (file.Diagnostics.All(diagnostic => diagnostic.Id != "DLM0202")) return null;
            }
        }
        return null;
    }

    private static string Prefix(ElementType element) => element == ElementType.Float ? "" : TensorType.NameOf(element);
}
