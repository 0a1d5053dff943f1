using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Elaboration;

/// <summary>Functions of numbers that are known when the model is made: <c>q @ k / sqrt(d)</c>.</summary>
internal static class StaticFunctions
{
    /// <summary>The value, or null where there is no such function, or none of an open number.</summary>
    public static StaticValue? Apply(string name, StaticValue operand)
    {
        if (!StaticEvaluator.IsNumber(operand)) return null;
        if (name == "sqrt") return BinaryValue.Apply("**", operand, new FloatValue(0.5));
        var number = operand switch { FloatValue real => real.Value, IntValue { Dim.Value: { } whole } => whole, _ => (double?)null };
        if (number is not { } x) return null;
        return name switch
        {
            "exp" => new FloatValue(Math.Exp(x)),
            "log" => new FloatValue(Math.Log(x)),
            "sin" => new FloatValue(Math.Sin(x)),
            "cos" => new FloatValue(Math.Cos(x)),
            "tanh" => new FloatValue(Math.Tanh(x)),
            _ => null,
        };
    }
}
