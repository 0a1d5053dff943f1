using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Comparisons, logic on truth values, and choices by them.</summary>
internal static class Comparisons
{
    private static readonly OperatorPort[] Sides = [new("left", TakesNumber: true), new("right", TakesNumber: true)];

    /// <summary>The rows that are written as signs.</summary>
    public static IReadOnlyDictionary<string, Operator> BySign { get; } = new Dictionary<string, Operator>(StringComparer.Ordinal)
    {
        ["=="] = Comparison("==", "equal", "eq", "eq"),
        ["!="] = Comparison("!=", "not_equal", "ne", "ne"),
        ["<"] = Comparison("<", "less", "lt", "gt"),
        ["<="] = Comparison("<=", "less_equal", "le", "ge"),
        [">"] = Comparison(">", "greater", "gt", "lt"),
        [">="] = Comparison(">=", "greater_equal", "ge", "le"),
        ["and"] = Logic("and", "Whether both are true.", "logical_and"),
        ["or"] = Logic("or", "Whether one of them is true.", "logical_or"),
        ["not"] = new("not", OperatorGroup.Comparison, "Whether it is false.")
        {
            Type = call => call.NeedsBool(call.Inputs[0], "its operand") ? call.Input : null,
            CSharp = _ => Method("logical_not"),
        },
    };

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("where", OperatorGroup.Comparison, "The element of one tensor where the condition holds, of the other where it does not; each may be a number.")
        {
            Ports = [new("condition"), new("then", TakesNumber: true), new("otherwise", TakesNumber: true)],
            Type = WhereType,
            CSharp = WhereForm,
        },
        Extreme("minimum", "The smaller of each element and its partner, which may be a number.", "clamp_max"),
        Extreme("maximum", "The larger of each element and its partner, which may be a number.", "clamp_min"),
        new("masked_fill", OperatorGroup.Comparison, "Puts a number wherever the mask holds; the mask broadcasts to the tensor.")
        {
            Ports = [new("input"), new("mask")],
            Arguments = [new("value", ArgumentKind.Float) { IsStricter = true }],
            Type = MaskedType,
            CSharp = call => Method("masked_fill", Arg(call.Value("value"))),
        },
    ];

    private static Operator Comparison(string sign, string name, string method, string mirrored) =>
        new(name, OperatorGroup.Comparison, $"Whether each element is {name.Replace('_', ' ')} to its partner.")
        {
            Ports = Sides,
            Type = call => call.Broadcast(sign, [.. call.Inputs]) is { } shape ? new TensorType(ElementType.Bool, new(shape)) : null,
            // A number has no methods: 0 < x is x > 0.
            CSharp = call => call.IsNumber("left") ? Template($"$right.{mirrored}($left)") : Method(method),
        };

    private static Operator Logic(string sign, string summary, string method) => new(sign, OperatorGroup.Comparison, summary)
    {
        Ports = [new("left"), new("right")],
        Type = call => call.NeedsBool(call.Inputs[0], "each side") && call.NeedsBool(call.Inputs[1], "each side") && call.Broadcast(sign, [.. call.Inputs]) is { } shape
            ? new TensorType(ElementType.Bool, new(shape)) : null,
        CSharp = _ => Method(method),
    };

    private static Operator Extreme(string name, string summary, string clamp) => new(name, OperatorGroup.Comparison, summary)
    {
        Ports = Sides,
        Type = call =>
        {
            if (!NeedsTensor(call) || !call.Inputs.All(i => call.NeedsNumbers(i, "each side"))) return null;
            if ((call.Value("left") ?? call.Value("right")) is { } number) return call.Input with { Element = Broadcasting.Promote(call.Input.Element, number) };
            return call.Broadcast(name, [.. call.Inputs]) is { } shape ? new TensorType(Broadcasting.Promote(call.Inputs[0].Type, call.Inputs[1].Type), new(shape)) : null;
        },
        CSharp = call => call.IsNumber("left") ? Template($"$right.{clamp}($left)") : call.IsNumber("right") ? Template($"$left.{clamp}($right)") : Method(name),
    };

    private static bool NeedsTensor(OperatorCall call)
    {
        if (call.Inputs.Count > 0) return true;
        call.Report().WrongInputCount(call.Operator.Name, 1, 2, 0);
        return false;
    }

    private static TensorType? WhereType(OperatorCall call)
    {
        if (!call.NeedsBool(call.Port("condition"), "its condition") || call.Broadcast("where", [.. call.Inputs]) is not { } shape) return null;
        return new TensorType(WhereElement(call), new(shape));
    }

    private static ElementType WhereElement(OperatorCall call) => (call.Port("then")?.Type, call.Port("otherwise")?.Type) switch
    {
        ({ } then, { } otherwise) => Broadcasting.Promote(then, otherwise),
        ({ } then, null) => Broadcasting.Promote(then.Element, call.Value("otherwise")!),
        (null, { } otherwise) => Broadcasting.Promote(otherwise.Element, call.Value("then")!),
        _ => Broadcasting.Promote(Broadcasting.Promote(ElementType.Bool, call.Value("then")!), call.Value("otherwise")!),
    };

    // A number becomes a tensor of one element, of which the precision decides nothing, because the other has dimensions.
    private static CSharpForm WhereForm(OperatorCall call) => (call.Port("then"), call.Port("otherwise")) switch
    {
        (not null, not null) => TorchFunction("where"),
        (not null, null) => Helper("WhereElse", WhereElse, Code(NumberType(call, "then"))),
        (null, not null) => Helper("WhereThen", WhereThen, Code(NumberType(call, "otherwise"))),
        _ => Helper("WhereNumbers", WhereNumbers, Code(ScalarType(WhereElement(call)))),
    };

    private static string NumberType(OperatorCall call, string port) =>
        call.Port(port)!.Type.Element == WhereElement(call) ? "null" : ScalarType(WhereElement(call));

    /// <summary>The element type in TorchSharp, of a module that was not moved to another precision.</summary>
    public static string ScalarType(ElementType element) => "global::TorchSharp.torch.ScalarType." + element switch
    {
        ElementType.Float => "Float32",
        ElementType.Float64 => "Float64",
        ElementType.Int => "Int64",
        _ => "Bool",
    };

    private const string WhereElse = """
        internal static global::TorchSharp.torch.Tensor WhereElse(
            global::TorchSharp.torch.Tensor condition, global::TorchSharp.torch.Tensor then, global::TorchSharp.Scalar otherwise, global::TorchSharp.torch.ScalarType? type)
        {
            using var number = global::TorchSharp.torch.full(new long[0], otherwise, type ?? then.dtype, then.device);
            return global::TorchSharp.torch.where(condition, then, number);
        }
        """;

    private const string WhereThen = """
        internal static global::TorchSharp.torch.Tensor WhereThen(
            global::TorchSharp.torch.Tensor condition, global::TorchSharp.Scalar then, global::TorchSharp.torch.Tensor otherwise, global::TorchSharp.torch.ScalarType? type)
        {
            using var number = global::TorchSharp.torch.full(new long[0], then, type ?? otherwise.dtype, otherwise.device);
            return global::TorchSharp.torch.where(condition, number, otherwise);
        }
        """;

    private const string WhereNumbers = """
        internal static global::TorchSharp.torch.Tensor WhereNumbers(
            global::TorchSharp.torch.Tensor condition, global::TorchSharp.Scalar then, global::TorchSharp.Scalar otherwise, global::TorchSharp.torch.ScalarType type)
        {
            using var first = global::TorchSharp.torch.full(new long[0], then, type, condition.device);
            using var second = global::TorchSharp.torch.full(new long[0], otherwise, type, condition.device);
            return global::TorchSharp.torch.where(condition, first, second);
        }
        """;

    private static TensorType? MaskedType(OperatorCall call)
    {
        var (input, mask) = (call.Inputs[0], call.Inputs[1]);
        if (!call.NeedsBool(mask, "its mask") || call.Broadcast("masked_fill", input, mask) is not { } shape) return null;
        if (!call.NeedsShape(input, "the tensor", shape, "unsqueeze or expand the tensor: the mask may not make it larger")) return null;
        if (call.Value("value") is FloatValue number && input.Type.Element == ElementType.Int && number.Value % 1 != 0)
        {
            call.Report("value").ArgumentOutOfRange("value", number.ToString(), "a whole number, which int elements are");
            return null;
        }
        return input.Type;
    }
}
