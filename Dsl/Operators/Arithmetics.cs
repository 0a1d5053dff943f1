using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Arithmetic on tensors and numbers, by NumPy's rules for shapes that differ.</summary>
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
            // The gradient of the exponent does.
            SavesOutput = true,
            CSharp = _ => Method("pow"),
        },
        ["@"] = Products.Matrix,
    };

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
        // What libtorch refuses: truth values have neither differences nor powers.
        if (sign is "-" or "**" && !call.Inputs.All(i => call.NeedsNumbers(i, $"each side of '{sign}'"))) return null;
        if (call.Broadcast(sign, [.. call.Inputs]) is not { } shape) return null;
        var element = (call.Value("left") ?? call.Value("right")) is { } number
            ? Broadcasting.Promote(call.Input.Element, number)
            : Broadcasting.Promote(call.Inputs[0].Type, call.Inputs[1].Type);
        if (sign == "/" && element is ElementType.Int or ElementType.Bool) element = ElementType.Float;
        return new TensorType(element, new(shape));
    }

    private static TensorType? PowerType(OperatorCall call)
    {
        if (call.Value("left") is null)
        {
            if (call.Input.Element != ElementType.Int || call.Value("right") is not IntValue { Dim: var exponent }) return BroadcastType("**", call);
            if (exponent.Value is < 0)
            {
                call.Report().ArgumentOutOfRange("the exponent", exponent.ToString(), $"at least 0 for whole numbers; {exponent}.0 gives floats");
                return null;
            }
            call.Proofs.AtLeast(exponent, 0, "'**' needs an exponent of at least 0 for whole numbers");
            return BroadcastType("**", call);
        }
        call.Report().NotInLanguage("A number to the power of a tensor", "Write exp(x * log), with the number's logarithm.");
        return null;
    }
}
