using Dlm.Dsl.Text;

namespace Dlm.Dsl.Shapes;

/// <summary>The type of a tensor's elements.</summary>
public enum ElementType
{
    /// <summary>The floating type that the module's parameters have: float32 unless it was moved.</summary>
    Float,

    /// <summary>float64, whatever the parameters have.</summary>
    Float64,

    /// <summary>int64.</summary>
    Int,

    /// <summary>bool.</summary>
    Bool,
}

/// <summary>What is known of a tensor at build time: its element type and every dimension, some of them symbolic.</summary>
public sealed record TensorType(ElementType Element, EquatableArray<Dim> Dims)
{
    /// <summary>A float tensor.</summary>
    public TensorType(params Dim[] dims)
        : this(ElementType.Float, new EquatableArray<Dim>(dims))
    {
    }

    /// <summary>What stands for any number of leading dimensions, in <c>[..., d]</c>.</summary>
    public const string AnyLeading = "...";

    /// <summary>Whether it has any number of leading dimensions, for which a single symbol stands.</summary>
    public bool HasAnyRank => Dims.Count > 0 && Dims[0].AsSymbol?.Name == AnyLeading;

    /// <summary>The same with dimensions in the place of <c>...</c>, where it has them.</summary>
    public TensorType WithLeading(IEnumerable<Dim> leading) => HasAnyRank ? WithDims(leading.Concat(Dims.Skip(1))) : this;

    /// <summary>How many dimensions it has.</summary>
    public int Rank => Dims.Count;

    /// <summary>A dimension; a negative <paramref name="index"/> counts from the end.</summary>
    public Dim this[int index] => Dims[index < 0 ? Dims.Count + index : index];

    /// <summary>How many elements it has.</summary>
    public Dim Count => Dims.Aggregate(Dim.One, (product, dim) => product * dim);

    /// <summary>The same element type with other dimensions.</summary>
    public TensorType WithDims(IEnumerable<Dim> dims) => new(Element, dims.ToEquatableArray());

    /// <summary>Puts sizes in the place of symbols.</summary>
    public TensorType Substitute(Func<DimSymbol, Dim?> value) => WithDims(Dims.Select(d => d.Substitute(value)));

    /// <summary>As the language writes it: <c>[B, 3, H, W]</c>, <c>int[B, T]</c>.</summary>
    public override string ToString() => (Element == ElementType.Float ? "" : NameOf(Element)) + $"[{string.Join(", ", Dims)}]";

    /// <summary>The language's name of an element type.</summary>
    public static string NameOf(ElementType element) => element.ToString().ToLowerInvariant();
}
