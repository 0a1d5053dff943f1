using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Tests.Shapes;

/// <summary>Types as messages and comments show them.</summary>
public sealed class TensorTypeTests
{
    private static readonly Dim B = Dim.Symbol("B", DimSymbolKind.Input);

    [Fact]
    public void IsWrittenAsInTheLanguage()
    {
        Assert.Equal("[]", new TensorType().ToString());
        Assert.Equal("[B, 3, 28, 28]", new TensorType(B, 3, 28, 28).ToString());
        Assert.Equal("int[B, B + 1]", Of(ElementType.Int, B, B + 1).ToString());
        Assert.Equal("bool[2]", Of(ElementType.Bool, 2).ToString());
        Assert.Equal("float64[B]", Of(ElementType.Float64, B).ToString());
    }

    [Fact]
    public void CountsAndIndexes()
    {
        var type = new TensorType(B, 3, 4);
        Assert.Equal(3, type.Rank);
        Assert.Equal(12 * B, type.Count);
        Assert.Equal(Dim.One, new TensorType().Count);
        Assert.Equal(4, type[-1].Value);
        Assert.Equal(B, type[0]);
    }

    [Fact]
    public void EqualWhereElementsAndDimensionsAre()
    {
        Assert.Equal(new TensorType(B + 1, 2), new TensorType(1 + B, 2));
        Assert.NotEqual(new TensorType(B, 2), Of(ElementType.Int, B, 2));
        Assert.NotEqual(new TensorType(B, 2), new TensorType(B));
        Assert.Equal(new TensorType(8, 2), new TensorType(B, 2).Substitute(_ => 8));
    }

    private static TensorType Of(ElementType element, params Dim[] dims) => new(element, new EquatableArray<Dim>(dims));
}
