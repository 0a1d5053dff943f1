using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Arithmetic on tensors, by NumPy's rules for shapes that differ, and what makes one tensor of several.</summary>
internal static class Arithmetics
{
    // Before what is made with them.
    private static readonly OperatorPort[] Sides = [new("left", TakesNumber: true), new("right", TakesNumber: true)];

    /// <summary>The rows that are written as signs.</summary>
    public static IReadOnlyDictionary<string, Operator> BySign { get; } = new Dictionary<string, Operator>(StringComparer.Ordinal)
    {
        ["+"] = Elementwise("+", "sum", "add_"),
        ["-"] = Elementwise("-", "difference", "sub_"),
        // Products and quotients need their operands for the gradient, so they may not overwrite them.
        ["*"] = Elementwise("*", "product"),
        ["/"] = Elementwise("/", "quotient"),
        ["**"] = new Operator("power", OperatorGroup.Arithmetic, "Each element to the power of its partner.")
        {
            Ports = Sides,
            Type = PowerType,
            CSharp = _ => Method("pow"),
        },
        ["@"] = new Operator("product", OperatorGroup.Arithmetic, "The matrix product over the last two dimensions.")
        {
            Ports = [new("left"), new("right")],
            Type = MatrixType,
            Macs = (call, output) => output.Count * call.Input[-1],
            CSharp = _ => Method("matmul"),
        },
    };

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("concat", OperatorGroup.Arithmetic, "Puts tensors one behind the other along a dimension.")
        {
            IsVariadic = true,
            Arguments = [Int("dim", minimum: long.MinValue)],
            Type = ConcatType,
            CSharp = call => new CSharpForm(CSharpFormKind.ArrayFunction, "cat", Arg(call.Int("dim"))),
        },
    ];

    private static Operator Elementwise(string sign, string name, string? inPlace = null) =>
        new(name, OperatorGroup.Arithmetic, $"The {name} of each element and its partner.")
        {
            Ports = Sides,
            Type = call => BroadcastType(sign, call),
            CSharp = _ => new CSharpForm(CSharpFormKind.Infix, sign),
            InPlaceMethod = inPlace,
        };

    private static TensorType? BroadcastType(string sign, OperatorCall call)
    {
        if (call.Inputs.Count == 1) return call.Input.Element == ElementType.Bool ? call.Input with { Element = ElementType.Int } : call.Input;
        var (left, right) = (call.Inputs[0].Type, call.Inputs[1].Type);
        var rank = Math.Max(left.Rank, right.Rank);
        var dims = new Dim[rank];
        var differences = new List<SizeConflict>();
        for (var i = 1; i <= rank; i++)
        {
            var (a, b) = (i <= left.Rank ? left[-i] : Dim.One, i <= right.Rank ? right[-i] : Dim.One);
            dims[rank - i] = a.Value == 1 ? b : a;
            if (a.Value == 1 || b.Value == 1 || AreEqual(call, sign, a, b)) continue;
            differences.Insert(0, SizeTrail.Conflict(NameOf(rank - i, rank), call.Inputs[0], call.Inputs[1], i));
        }
        if (differences.Count == 0) return new TensorType((ElementType)Math.Min((int)left.Element, (int)right.Element), new(dims));
        call.Report().Broadcast(sign, call.Inputs[0], call.Inputs[1], differences, Help(left, right), call.Proofs.Facts);
        return null;
    }

    private static bool AreEqual(OperatorCall call, string sign, Dim a, Dim b) => call.Proofs.AreEqual(a, b, $"'{sign}' needs {a} and {b} to be equal");

    private static string NameOf(int index, int rank) => (rank, index) switch
    {
        (4, 0) or (3, 0) or (2, 0) => "batch",
        (4, 1) => "channels",
        (4, 2) => "height",
        (4, 3) => "width",
        _ => $"dimension {index}:",
    };

    private static string Help(TensorType left, TensorType right)
    {
        if (left.Rank != 4 || right.Rank != 4) return "make the shapes equal, or one of the sizes 1";
        var stride = left[2].Value is > 0 and { } small && right[2].Value is { } large && large > small && large % small == 0 ? large / small : 1;
        return $"project the shortcut, e.g. x -> conv({left[1]}, 1{(stride > 1 ? $", stride: {stride}" : "")}) -> batchnorm";
    }

    private static TensorType? PowerType(OperatorCall call)
    {
        if (call.Value("left") is null) return BroadcastType("**", call);
        call.Report().NotInLanguage("A number to the power of a tensor", "Write exp(x * log), with the number's logarithm.");
        return null;
    }

    private static TensorType? MatrixType(OperatorCall call)
    {
        var (left, right) = (call.Inputs[0].Type, call.Inputs[1].Type);
        if (left.Rank < 2 || right.Rank < 2 || !AreEqual(call, "@", left[-1], right[-2]))
        {
            call.Report().WrongInnerSize(call.Inputs[0], call.Inputs[1]);
            return null;
        }
        var (longer, shorter) = left.Rank >= right.Rank ? (left, right) : (right, left);
        // Only equal or missing leading dimensions, as attention has them.
        if (!shorter.Dims.Take(shorter.Rank - 2).Reverse().Zip(longer.Dims.Take(longer.Rank - 2).Reverse(), (a, b) => AreEqual(call, "@", a, b)).All(same => same))
        {
            call.Report().WrongInnerSize(call.Inputs[0], call.Inputs[1]);
            return null;
        }
        return longer.WithDims([.. longer.Dims.Take(longer.Rank - 2), left[-2], right[-1]]);
    }

    private static TensorType? ConcatType(OperatorCall call)
    {
        var first = call.Input;
        if (call.Int("dim").Value is not { } dim || dim < -first.Rank || dim >= first.Rank)
        {
            call.Report("dim").ArgumentOutOfRange("dim", call.Int("dim").ToString(), $"a dimension of {first}, {-first.Rank} to {first.Rank - 1}");
            return null;
        }
        var along = (int)(dim < 0 ? dim + first.Rank : dim);
        var sum = first[along];
        foreach (var other in call.Inputs.Skip(1))
        {
            var differences = other.Type.Rank != first.Rank
                ? [new SizeConflict("number of dimensions", first.Rank, other.Type.Rank)]
                : Enumerable.Range(0, first.Rank).Where(i => i != along && !AreEqual(call, "concat", first[i], other.Type[i]))
                    .Select(i => SizeTrail.Conflict(NameOf(i, first.Rank), call.Inputs[0], other, first.Rank - i)).ToArray();
            if (differences.Length > 0)
            {
                call.Report().Broadcast("concat", call.Inputs[0], other, differences, "bring them to one height and width before, with pad, stride or pooling", call.Proofs.Facts);
                return null;
            }
            sum += other.Type[along];
        }
        return new TensorType(call.Inputs.Min(i => i.Type.Element), first.Dims.Select((d, i) => i == along ? sum : d).ToEquatableArray());
    }
}
