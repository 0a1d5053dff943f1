using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Operators;

/// <summary>What the rows with several tensors ask of each.</summary>
internal static class PortRules
{
    /// <summary>Whether a tensor, where it is given, holds floats; reported where not.</summary>
    public static bool NeedsFloat(this OperatorCall call, GraphValue? value, string role)
    {
        if (value is null || value.Type.Element is ElementType.Float or ElementType.Float64) return true;
        call.Report().WrongElementType(call.Operator.Name, $"a float tensor as {role}", value.Type, value.Origin, "what comes from a layer or is declared as [B, ...] holds floats");
        return false;
    }

    /// <summary>Whether a tensor, where it is given, holds indices; reported where not.</summary>
    public static bool NeedsInt(this OperatorCall call, GraphValue? value, string role)
    {
        if (value is null || value.Type.Element == ElementType.Int) return true;
        call.Report().WrongElementType(call.Operator.Name, $"an int tensor as {role}", value.Type, value.Origin, "an input of indices is declared as int[B]");
        return false;
    }

    /// <summary>Whether a tensor, where it is given, holds truth values; reported where not.</summary>
    public static bool NeedsBool(this OperatorCall call, GraphValue? value, string role)
    {
        if (value is null || value.Type.Element == ElementType.Bool) return true;
        call.Report().WrongElementType(call.Operator.Name, $"a bool tensor as {role}", value.Type, value.Origin, "compare, e.g. x != 0, or declare the input as bool[B, T]");
        return false;
    }

    /// <summary>Whether a tensor, where it is given, holds numbers; reported where not.</summary>
    public static bool NeedsNumbers(this OperatorCall call, GraphValue? value, string role)
    {
        if (value is null || value.Type.Element != ElementType.Bool) return true;
        call.Report().WrongElementType(call.Operator.Name, $"a tensor of numbers as {role}", value.Type, value.Origin, "choose numbers by truth values with where(condition, 1, 0)");
        return false;
    }

    /// <summary>Whether all tensors hold floats of one precision; reported where not.</summary>
    public static bool NeedsOneFloatType(this OperatorCall call)
    {
        var first = call.Inputs[0];
        foreach (var value in call.Inputs)
        {
            if (!call.NeedsFloat(value, "each side")) return false;
            if (value.Type.Element == first.Type.Element) continue;
            call.Report().WrongElementType(
                call.Operator.Name, $"{(first.Type.Element == ElementType.Float64 ? "a float64" : "a float")} tensor as each side", value.Type, value.Origin, "declare both with one element type");
            return false;
        }
        return true;
    }

    /// <summary>Whether a tensor, where it is given, has one of <paramref name="ranks"/>; reported where not.</summary>
    public static bool NeedsRank(this OperatorCall call, GraphValue? value, string needed, params int[] ranks)
    {
        if (value is null || ranks.Contains(value.Type.Rank)) return true;
        call.Report().WrongRank(call.Operator.Name, needed, value.Type, value.Origin, "unsqueeze puts in a dimension of size 1, squeeze drops one");
        return false;
    }

    /// <summary>Whether a tensor, where it is given, has exactly this shape; reported where not.</summary>
    public static bool NeedsShape(this OperatorCall call, GraphValue? value, string role, IReadOnlyList<Dim> shape, string help)
    {
        if (value is null) return true;
        var conflicts = value.Type.Rank != shape.Count
            ? [new SizeConflict("number of dimensions", value.Type.Rank, shape.Count)]
            : Enumerable.Range(0, shape.Count).Where(i => !call.AreEqual(call.Operator.Name, value.Type[i], shape[i]))
                .Select(i => new SizeConflict(Broadcasting.NameOf(i, shape.Count), value.Type[i], shape[i])).ToArray();
        if (conflicts.Length == 0) return true;
        call.Report().ShapeNeeded(call.Operator.Name, role, value, new TensorType([.. shape]), conflicts, help, call.Proofs.Facts);
        return false;
    }

    /// <summary>Whether a number that stands in the place of a tensor is known when the model is made, as all are; what it is.</summary>
    public static bool IsNumber(this OperatorCall call, string port) => call.Port(port) is null && call.Value(port) is not null;

    /// <summary>
    /// A dimension of <paramref name="type"/> that an argument names, counted from the start; null, and reported, where it has no such.
    /// </summary>
    public static int? PositionIn(this OperatorCall call, string argument, TensorType type, string origin)
    {
        if (type.Rank == 0)
        {
            call.Report().WrongRank(call.Operator.Name, "at least one dimension", type, origin);
            return null;
        }
        var place = call.Int(argument);
        if (place.Value >= 0 && type.HasAnyRank) call.CountsFromFront = true;
        if (place.Value is { } index && index >= -type.Rank && index < type.Rank) return (int)(index < 0 ? index + type.Rank : index);
        call.Report(argument).ArgumentOutOfRange(argument, place.ToString(),
            place.Value is null ? "a number that is known at build time" : $"a dimension of {type}, {-type.Rank} to {type.Rank - 1}");
        return null;
    }

    /// <summary>Whether a number, where it is known, lies in a range, which <paramref name="says"/> names; reported where not.</summary>
    public static bool NeedsWithin(this OperatorCall call, string argument, double low, double high, string says)
    {
        if (call.Value(argument) is not FloatValue { Value: var value } number || (value >= low && value <= high)) return true;
        call.Report(argument).ArgumentOutOfRange(argument, number.ToString(), says);
        return false;
    }

    /// <summary>Whether a number, where it is known, is a probability; reported where not.</summary>
    public static bool NeedsProbability(this OperatorCall call, string argument) => call.NeedsWithin(argument, 0, 1, "a probability between 0 and 1");

    /// <summary>The value of a switch; null, and reported, where it is open.</summary>
    public static bool? Known(this OperatorCall call, string argument)
    {
        if (call.Value(argument) is BoolValue { Value: var value }) return value;
        call.Report(argument).ArgumentOutOfRange(argument, call.Value(argument)!.ToString()!, "true or false, known at build time");
        return null;
    }

    /// <summary>A whole number as C# takes it where TorchSharp has an <c>int</c>.</summary>
    public static string AsInt(this Dim size, int argument) => size.Value is { } known and <= int.MaxValue and >= int.MinValue
        ? known.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : $"(int)(${argument})";
}
