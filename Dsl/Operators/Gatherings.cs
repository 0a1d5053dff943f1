using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>What is taken from a tensor, or put into it, at places that another tensor holds; and sorting.</summary>
internal static class Gatherings
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("gather", OperatorGroup.Indexing, "Picks along a dimension at the places that index holds. An index without that dimension picks one element each: gather(values, action).")
        {
            Ports = [new("input"), new("index")],
            Arguments = [Int("dim", -1, minimum: long.MinValue)],
            Type = GatherType,
            CSharp = call => call.Inputs[1].Type.Rank < call.Input.Rank
                ? Helper("Pick", Pick, Arg(call.Int("dim")))
                : Template("$input.gather($0, $index)", Arg(call.Int("dim"))),
        },
        new("take_along_dim", OperatorGroup.Indexing, "Picks along a dimension at the places that index holds; in the others both broadcast.")
        {
            Ports = [new("input"), new("index")],
            Arguments = [Int("dim", -1, minimum: long.MinValue)],
            Type = TakeType,
            CSharp = call => Method("take_along_dim", Arg(call.Int("dim"))),
        },
        new("index_select", OperatorGroup.Indexing, "The rows, or slices along another dimension, that a list of indices names.")
        {
            Ports = [new("input"), new("index")],
            Arguments = [Int("dim", 0, minimum: long.MinValue)],
            Type = SelectType,
            CSharp = call => Template("$input.index_select($0, $index)", Arg(call.Int("dim"))),
        },
        Scatter("scatter", "Puts source into the tensor, along a dimension at the places that index holds."),
        Scatter("scatter_add", "Adds source to the tensor, along a dimension at the places that index holds."),
        new("topk", OperatorGroup.Indexing, "The largest k along a dimension, or the smallest, in order, and where they stand.")
        {
            Arguments = [Int("k"), Int("dim", -1, minimum: long.MinValue), Bool("largest", true)],
            OutputNames = ["values", "indices"],
            Types = TopType,
            CSharp = call => Template($"$input.topk({call.Int("k").AsInt(0)}, {call.Int("dim").AsInt(1)}, $2)", Arg(call.Int("k")), Arg(call.Int("dim")), Arg(call.Value("largest"))),
        },
        new("sort", OperatorGroup.Indexing, "Sorts along a dimension, and tells where each element stood.")
        {
            Arguments = [Int("dim", -1, minimum: long.MinValue), Bool("descending", false)],
            OutputNames = ["values", "indices"],
            Types = call => call.PositionIn("dim", call.Input, call.Origin) is null ? null : [call.Input, call.Input with { Element = ElementType.Int }],
            CSharp = call => Method("sort", Arg(call.Int("dim"), -1), Arg(call.Value("descending"), false)),
        },
        new("argsort", OperatorGroup.Indexing, "Where each element of the sorted tensor stands.")
        {
            Arguments = [Int("dim", -1, minimum: long.MinValue), Bool("descending", false)],
            Type = call => call.PositionIn("dim", call.Input, call.Origin) is null ? null : call.Input with { Element = ElementType.Int },
            CSharp = call => Method("argsort", Arg(call.Int("dim"), -1), Arg(call.Value("descending"), false)),
        },
    ];

    private static Operator Scatter(string name, string summary) => new(name, OperatorGroup.Indexing, summary)
    {
        Ports = [new("input"), new("index"), new("source")],
        Arguments = [Int("dim", -1, minimum: long.MinValue)],
        Type = ScatterType,
        CSharp = call => Template($"$input.{name}($0, $index, $source)", Arg(call.Int("dim"))),
    };

    private const string Pick = """
        internal static global::TorchSharp.torch.Tensor Pick(global::TorchSharp.torch.Tensor input, global::TorchSharp.torch.Tensor index, long dim)
        {
            using var places = index.unsqueeze(dim);
            using var picked = input.gather(dim, places);
            return picked.squeeze(dim);
        }
        """;

    private static TensorType? GatherType(OperatorCall call)
    {
        var (input, index) = (call.Inputs[0], call.Inputs[1]);
        if (!call.NeedsInt(index, "its index") || call.PositionIn("dim", input.Type, input.Origin) is not { } at) return null;
        var isPick = index.Type.Rank == input.Type.Rank - 1;
        var others = isPick ? WithoutDim(input.Type, at) : WithDim(input.Type, at, index.Type.Rank == input.Type.Rank ? index.Type[at] : Dim.One);
        if (!call.NeedsShape(index, "its index", others, "an index has the tensor's shape but for the gathered dimension; take_along_dim broadcasts")) return null;
        return input.Type.WithDims(index.Type.Dims);
    }

    private static TensorType? TakeType(OperatorCall call)
    {
        var (input, index) = (call.Inputs[0], call.Inputs[1]);
        if (!call.NeedsInt(index, "its index") || call.PositionIn("dim", input.Type, input.Origin) is not { } at) return null;
        if (!call.NeedsRank(index, $"an index with {input.Type.Rank} dimensions, as the tensor has", input.Type.Rank)) return null;
        var conflicts = new List<SizeConflict>();
        var dims = Broadcasting.Join(call, "take_along_dim", WithDim(input.Type, at, Dim.One), WithDim(index.Type, at, Dim.One), conflicts);
        if (conflicts.Count > 0)
        {
            call.Report().Broadcast("take_along_dim", input, index, conflicts, "make the other dimensions equal, or one of the sizes 1", call.Proofs.Facts);
            return null;
        }
        dims[at] = index.Type[at];
        return input.Type.WithDims(dims);
    }

    private static TensorType? SelectType(OperatorCall call)
    {
        var (input, index) = (call.Inputs[0], call.Inputs[1]);
        if (!call.NeedsInt(index, "its index") || call.PositionIn("dim", input.Type, input.Origin) is not { } at) return null;
        if (!call.NeedsRank(index, "a list of indices, int[N], as its index", 1)) return null;
        return input.Type.WithDims(WithDim(input.Type, at, index.Type[0]));
    }

    private static TensorType? ScatterType(OperatorCall call)
    {
        var (input, index, source) = (call.Inputs[0], call.Inputs[1], call.Inputs[2]);
        if (!call.NeedsInt(index, "its index") || call.PositionIn("dim", input.Type, input.Origin) is not { } at) return null;
        if (source.Type.Element != input.Type.Element)
        {
            call.Report().WrongElementType(
                call.Operator.Name, $"a source of {TensorType.NameOf(input.Type.Element)} elements, as the tensor has", source.Type, source.Origin, "give both one element type");
            return null;
        }
        var length = index.Type.Rank == input.Type.Rank ? index.Type[at] : Dim.One;
        return call.NeedsShape(index, "its index", WithDim(input.Type, at, length), "an index has the tensor's shape but for the dimension it counts along")
            && call.NeedsShape(source, "its source", index.Type.Dims.ToArray(), "each element of the source has its place in the index") ? input.Type : null;
    }

    private static IReadOnlyList<TensorType>? TopType(OperatorCall call)
    {
        if (!call.NeedsNumbers(call.Inputs[0], "its input") || call.PositionIn("dim", call.Input, call.Origin) is not { } at) return null;
        var (k, size) = (call.Int("k"), call.Input[at]);
        if (k.Value is { } wanted && size.Value is { } there && wanted > there)
        {
            call.Report("k").ArgumentOutOfRange("k", k.ToString(), $"at most {there}, the size of dimension {at} of {call.Input}");
            return null;
        }
        call.Proofs.AtLeast(size - k, 0, $"topk: k must be at most {size}");
        var type = call.Input.WithDims(WithDim(call.Input, at, k));
        return [type, type with { Element = ElementType.Int }];
    }

    private static Dim[] WithDim(TensorType type, int at, Dim size) => type.Dims.Select((d, i) => i == at ? size : d).ToArray();

    private static Dim[] WithoutDim(TensorType type, int at) => type.Dims.Where((_, i) => i != at).ToArray();
}
