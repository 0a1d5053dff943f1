using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Operators;

/// <summary>Every operator of the language. The rows stand by chapter in the other files of this folder.</summary>
public static class OperatorTable
{
    private static readonly Dictionary<string, Operator> ByName = new[]
    {
        Convolutions.Rows, Linears.Rows, Pools.Rows, Normalizations.Rows, Activations.Rows, Gates.Rows, Dropouts.Rows, Shapings.Rows, Arrangements.Rows, Matrices.Rows, Resamplings.Rows, Paddings.Rows,
        Functions.Rows, Reductions.Rows, Joinings.Rows, Rearrangements.Rows, Grids.Rows, Products.Rows, Einsums.Rows, Comparisons.Rows, Indexings.Rows, Gatherings.Rows,
        Attentions.Rows, Recurrents.Rows, Losses.Rows, ClassLosses.Rows, Creators.Rows, Samplings.Rows,
    }.SelectMany(rows => rows).ToDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>All rows, by name.</summary>
    public static IEnumerable<Operator> All => ByName.Values.OrderBy(row => row.Name, StringComparer.Ordinal);

    /// <summary>The rows that are written as signs: <c>+</c>, <c>@</c>, <c>and</c>.</summary>
    public static IEnumerable<KeyValuePair<string, Operator>> Signs => Arithmetics.BySign.Concat(Comparisons.BySign);

    /// <summary>The row of a sign before a tensor, or between two sides of which one is a tensor, or null.</summary>
    public static Operator? FindSign(string sign) =>
        Arithmetics.BySign.TryGetValue(sign, out var row) || Comparisons.BySign.TryGetValue(sign, out row) ? row : null;

    /// <summary>The row of a name, or null.</summary>
    public static Operator? Find(string name) => ByName.TryGetValue(name, out var row) ? row : null;
}

/// <summary>Short forms for rows.</summary>
internal static class Row
{
    public static OperatorArgument Int(string name, long? @default = null, long minimum = 1) =>
        new(name, ArgumentKind.Int, @default is { } value ? new IntValue(value) : null, minimum);

    /// <summary>All further whole numbers of a call, or a list of them.</summary>
    public static OperatorArgument Sizes(string name, long minimum = 0) => new(name, ArgumentKind.Sizes, null, minimum);

    /// <summary>A whole number or a list of them; left out, it has no value.</summary>
    public static OperatorArgument IntOrList(string name, bool isOptional = false, long minimum = 1) => new(name, ArgumentKind.IntOrList, null, minimum) { IsOptional = isOptional };

    public static OperatorArgument Text(string name) => new(name, ArgumentKind.Text);

    public static OperatorArgument Float(string name, double @default) => new(name, ArgumentKind.Float, new FloatValue(@default));

    public static OperatorArgument Bool(string name, bool @default) => new(name, ArgumentKind.Bool, new BoolValue(@default));

    /// <summary>A text, by default the first of <paramref name="words"/>.</summary>
    public static OperatorArgument Word(string name, params string[] words) => new(name, ArgumentKind.Word, new StringValue(words[0]), Words: words);

    public static CSharpForm Layer(string name, params CSharpArgument[] arguments) => new(CSharpFormKind.Layer, name, arguments);

    /// <summary>A layer that TorchSharp lacks; <paramref name="source"/> is its class, without modifiers of access.</summary>
    public static CSharpForm OwnLayer(string name, string source, params CSharpArgument[] arguments) => new(CSharpFormKind.Layer, name, arguments) { Class = source };

    public static CSharpForm Function(string name, params CSharpArgument[] arguments) => new(CSharpFormKind.Function, name, arguments);

    public static CSharpForm TorchFunction(string name, params CSharpArgument[] arguments) => new(CSharpFormKind.TorchFunction, name, arguments);

    public static CSharpForm Template(string code, params CSharpArgument[] arguments) => new(CSharpFormKind.Template, code, arguments);

    /// <summary>A call of a static method, by its name, which <paramref name="source"/> declares.</summary>
    public static CSharpForm Helper(string name, string source, params CSharpArgument[] arguments) => new(CSharpFormKind.Helper, name, arguments) { Source = source };

    public static CSharpForm Method(string name, params CSharpArgument[] arguments) => new(CSharpFormKind.Method, name, arguments);

    public static CSharpArgument Arg(Dim value, long? @default = null) => new(new IntValue(value), null, @default);

    public static CSharpArgument Arg(StaticValue? value, object? @default = null) => new(value, value is null ? "null" : null, @default);

    /// <summary>Values that TorchSharp takes as an array.</summary>
    public static CSharpArgument Array(string element, StaticValue[] items) => new(new ListValue(new Text.EquatableArray<StaticValue>(items))) { ArrayOf = element };

    /// <summary>Two sizes that TorchSharp takes as a tuple.</summary>
    public static CSharpArgument PairOf(Dim[] sizes) => new(new ListValue(new Text.EquatableArray<StaticValue>([new IntValue(sizes[0]), new IntValue(sizes[1])])));

    /// <summary><c>Reflect</c>, of reflect: as C# names the words of an enumeration.</summary>
    public static string Capital(string word) => char.ToUpperInvariant(word[0]) + word.Substring(1);

    public static CSharpArgument Code(string code, string? @default = null) => new(null, code, @default);

    /// <summary>Sizes that TorchSharp takes as an array.</summary>
    public static CSharpArgument Array(string element, params Dim[] items) =>
        new(new ListValue(new Text.EquatableArray<StaticValue>(items.Select(item => (StaticValue)new IntValue(item)).ToArray()))) { ArrayOf = element };

    /// <summary>[B, C, H, W] with other channels, height and width.</summary>
    public static TensorType Image(this TensorType input, Dim channels, Dim height, Dim width) =>
        input.WithDims(input.Dims.Take(input.Rank - 3).Concat([channels, height, width]));
}
