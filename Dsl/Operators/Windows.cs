using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Windows over what lies behind batch and channels: sequences [B, C, L], images [B, C, H, W] or volumes [B, C, D, H, W].</summary>
internal static class Windows
{
    /// <summary>What is needed, as messages say it.</summary>
    public const string Needed = "sequences [B, C, L], images [B, C, H, W] or volumes [B, C, D, H, W]";

    private static readonly string[][] SideNames = [["length"], ["height", "width"], ["depth", "height", "width"]];

    /// <summary>An argument of one number for all sides, or one for each.</summary>
    public static OperatorArgument PerSide(string name, long? @default = null, long minimum = 1) =>
        new(name, ArgumentKind.IntOrList, @default is { } value ? new IntValue(value) : null, minimum);

    /// <summary>How many sides the input has.</summary>
    public static int Sides(this OperatorCall call) => call.Input.Rank - 2;

    /// <summary>The name of a side.</summary>
    public static string SideName(int sides, int side) => SideNames[sides - 1][side];

    /// <summary>An argument for each side; null, and reported, where it is a list of another length.</summary>
    public static Dim[]? EachSide(this OperatorCall call, string name, int? of = null)
    {
        var (sizes, sides) = (call.Sizes(name), of ?? call.Sides());
        if (call.Value(name) is not ListValue) return [.. Enumerable.Repeat(sizes[0], sides)];
        if (sizes.Length == sides) return sizes;
        string[] more = ["", ", or two for height and width", ", or three for depth, height and width"];
        call.Report(name).WrongArgumentKind(name, "a whole number" + more[sides - 1], $"a list of {sizes.Length}");
        return null;
    }

    /// <summary>
    /// Arguments for the sides as TorchSharp takes them: one number each where all are, else all as tuples, because it has one overload
    /// for numbers and one for tuples.
    /// </summary>
    public static CSharpArgument[] SideArguments(this OperatorCall call, params (string Name, long? Default)[] names)
    {
        var sides = call.Sides();
        var tuples = sides > 1 && names.Any(n => call.Value(n.Name) is ListValue);
        return names.Select(n => call.Value(n.Name) is null ? Code("null", "null")
            : tuples ? new CSharpArgument(ListOf(call.EachSide(n.Name)!), null, n.Default)
            : Arg(call.Sizes(n.Name)[0], n.Default)).ToArray();
    }

    /// <summary>The same where TorchSharp takes arrays alone.</summary>
    public static CSharpArgument[] SideArrays(this OperatorCall call, params (string Name, long? Default)[] names) =>
        names.Select(n => call.Value(n.Name) is null ? Code("null", "null") : Array("long", call.EachSide(n.Name)!) with { Default = n.Default }).ToArray();

    /// <summary>How many positions a window has (PyTorch's <c>Conv2d</c>, section Shape).</summary>
    public static Dim Count(Dim size, Dim kernel, Dim stride, Dim pad, Dim dilation, bool ceiling = false)
    {
        var room = size + pad * 2 - dilation * (kernel - 1) - 1;
        if (!ceiling) return Dim.FloorDivide(room, stride) + 1;
        // A window must begin inside the input or its left padding, so where windows lie far apart a rounded-up last one falls away.
        var isFar = Condition.Compare(">", new IntValue(stride), new IntValue(dilation * (kernel - 1) + 1 - pad));
        return Dim.Choose(isFar, Dim.CeilingDivide(size + pad, stride), Dim.CeilingDivide(room, stride) + 1);
    }

    /// <summary>The input with other channels and sides; null, and reported, where a side would be empty.</summary>
    public static TensorType? Over(this OperatorCall call, Dim channels, IReadOnlyList<Dim> sides, string? explanation = null)
    {
        for (var i = 0; i < sides.Count; i++)
        {
            if (!call.NeedsPositive(sides[i], SideName(sides.Count, i), explanation ?? $"the window of {call.Value("kernel")} does not fit into what flows in")) return null;
        }
        return call.Input.WithDims([call.Input[0], channels, .. sides]);
    }

    /// <summary>The greater of two sizes.</summary>
    public static Dim Greater(Dim a, Dim b) => Dim.Choose(Condition.Compare(">=", new IntValue(a), new IntValue(b)), a, b);

    private static ListValue ListOf(IEnumerable<Dim> sizes) => new(sizes.Select(size => (StaticValue)new IntValue(size)).ToEquatableArray());
}
