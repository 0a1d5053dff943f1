using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Tensors made of nothing: of one number, of a range, of a formula; on the device and in the precision of a tensor at hand.</summary>
internal static class Creators
{
    private static readonly OperatorPort[] Like = [new("like", IsOptional: true)];

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        Filled("zeros", "Zeros: zeros(B, hidden)."),
        Filled("ones", "Ones: ones(T, T)."),
        new("full", OperatorGroup.Creation, "One number everywhere: full(0.5, B, T).")
        {
            Ports = Like,
            IsCreator = true,
            Arguments = [new("value", ArgumentKind.Float), Sizes("size", minimum: 1)],
            Type = SizesType,
            CSharp = call => Template($"global::TorchSharp.torch.full($1, $0{Place(call)})", Arg(call.Value("value")), Array("long", call.Sizes("size"))),
        },
        new("eye", OperatorGroup.Creation, "The identity matrix, or the part of it that fits: eye(n), eye(rows, columns).")
        {
            Ports = Like,
            IsCreator = true,
            Arguments = [Int("rows"), Int("columns") with { IsOptional = true }],
            Type = call => new TensorType(call.Int("rows"), Columns(call)),
            CSharp = call => Template($"global::TorchSharp.torch.eye($0, $1{Place(call)})", Arg(call.Int("rows")), Arg(Columns(call))),
        },
        new("arange", OperatorGroup.Creation, "Whole numbers from start up to, and without, end: arange(0, T) is int[T].")
        {
            Ports = Like,
            IsCreator = true,
            Arguments = [Int("start", minimum: long.MinValue), Int("end", minimum: long.MinValue) with { IsStricter = true }, Int("step", 1)],
            Type = RangeType,
            CSharp = call => Template($"global::TorchSharp.torch.arange($0, $1, $2{Place(call, ElementType.Int)})", Arg(call.Int("start")), Arg(call.Int("end")), Arg(call.Int("step"))),
        },
        new("linspace", OperatorGroup.Creation, "Numbers at equal distances from start to end, both included: linspace(0, 1, 11).")
        {
            Ports = Like,
            IsCreator = true,
            Arguments = [new("start", ArgumentKind.Float), new("end", ArgumentKind.Float), Int("steps")],
            Type = call => new TensorType(call.Int("steps")),
            CSharp = call => Template($"global::TorchSharp.torch.linspace($0, $1, $2{Place(call)})", Arg(call.Value("start")), Arg(call.Value("end")), Arg(call.Int("steps"))),
        },
        new("causal_mask", OperatorGroup.Creation, "bool[size, size], true where a position may look: at itself and what is before it.")
        {
            Ports = Like,
            IsCreator = true,
            Arguments = [Int("size")],
            Type = call => new TensorType(ElementType.Bool, new([call.Int("size"), call.Int("size")])),
            CSharp = call => Helper("CausalMask", CausalMask, Arg(call.Int("size"))),
        },
        new("sinusoid", OperatorGroup.Creation,
            "The table of positions of Vaswani et al. (2017), 3.5: sine and cosine, by turns, of position / 10000^(2 i / width), [length, width].")
        {
            Ports = Like,
            IsCreator = true,
            Arguments = [Int("length"), Int("width")],
            Type = call => new TensorType(call.Int("length"), call.Int("width")),
            CSharp = call => Helper("Sinusoid", Sinusoid, Arg(call.Int("length")), Arg(call.Int("width"))),
        },
        Alike("zeros_like", "Zeros in the shape of a tensor."),
        Alike("ones_like", "Ones in the shape of a tensor."),
    ];

    /// <summary>Element type and device of what is made, as the last arguments of a call; nothing where no tensor is at hand.</summary>
    public static string Place(OperatorCall call, ElementType element = ElementType.Float)
    {
        var like = call.Port("like");
        if (element == ElementType.Int) return like is null ? ", global::TorchSharp.torch.ScalarType.Int64" : ", global::TorchSharp.torch.ScalarType.Int64, $like.device";
        if (like is null) return "";
        return $", {(like.Type.Element == ElementType.Float ? "$like.dtype" : "global::TorchSharp.torch.ScalarType.Float32")}, $like.device";
    }

    /// <summary>Of the sizes that are given.</summary>
    public static TensorType? SizesType(OperatorCall call) => new(call.Sizes("size"));

    private static Dim Columns(OperatorCall call) => call.Value("columns") is null ? call.Int("rows") : call.Int("columns");

    private static Operator Filled(string name, string summary) => new(name, OperatorGroup.Creation, summary)
    {
        Ports = Like,
        IsCreator = true,
        Arguments = [Sizes("size", minimum: 1)],
        Type = SizesType,
        CSharp = call => Template($"global::TorchSharp.torch.{name}($0{Place(call)})", Array("long", call.Sizes("size"))),
    };

    private static Operator Alike(string name, string summary) => new(name, OperatorGroup.Creation, summary) { StopsGradient = true, CSharp = _ => TorchFunction(name) };

    private static TensorType? RangeType(OperatorCall call)
    {
        var (start, end, step) = (call.Int("start"), call.Int("end"), call.Int("step"));
        var count = Dim.FloorDivide(end - start + step - 1, step);
        if (count.Value is < 1)
        {
            call.Report("end").ArgumentOutOfRange("end", end.ToString(), $"more than start, which is {start}");
            return null;
        }
        call.Proofs.AtLeast(end - start, 1, "arange: end must be more than start");
        return new TensorType(ElementType.Int, new([count]));
    }

    private const string CausalMask = """
        internal static global::TorchSharp.torch.Tensor CausalMask(global::TorchSharp.torch.Tensor? like, long size)
        {
            using var ones = global::TorchSharp.torch.ones(new long[] { size, size }, global::TorchSharp.torch.ScalarType.Bool, like?.device);
            return ones.tril();
        }
        """;

    private const string Sinusoid = """
        internal static global::TorchSharp.torch.Tensor Sinusoid(global::TorchSharp.torch.Tensor? like, long length, long width)
        {
            var table = new float[length * width];
            for (var position = 0L; position < length; position++)
            {
                for (var column = 0L; column < width; column++)
                {
                    var angle = position / global::System.Math.Pow(10000, (column - column % 2) / (double)width);
                    table[position * width + column] = (float)(column % 2 == 0 ? global::System.Math.Sin(angle) : global::System.Math.Cos(angle));
                }
            }
            var type = like is not null && like.is_floating_point() ? like.dtype : global::TorchSharp.torch.ScalarType.Float32;
            return global::TorchSharp.torch.tensor(table, new long[] { length, width }, type, like?.device);
        }
        """;
}
