namespace Dlm.Torch.Tests;

/// <summary>
/// Draws, functions, layers and optimizers against PyTorch's own, from the same seed: inputs, initial parameters, outputs
/// and gradients must all agree.
/// </summary>
public partial class PythonTests
{
    public static TheoryData<string> Names => new(Cases.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void BothSidesHaveTheSameCases() =>
        Assert.Equal(PyTorch.OrSkip().Cases.Keys.Order(StringComparer.Ordinal), Cases.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void IsWhatPyTorchComputes(string name)
    {
        var expected = PyTorch.OrSkip().Cases[name];
        using var scope = NewDisposeScope();
        manual_seed(0).Dispose();
        var actual = Cases[name]();

        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++)
        {
            Assert.Equal(expected[i].Shape, actual[i].shape);
            var values = actual[i].detach().to(float64).contiguous().data<double>().ToArray();
            var largest = expected[i].Data.Where(double.IsFinite).Select(Math.Abs).Append(1e-3).Max();
            for (var k = 0; k < values.Length; k++)
                if (!(Math.Abs(values[k] - expected[i].Data[k]) <= 2e-6 * largest))
                    Assert.Fail($"value {i}, element {k}: {values[k]} here, {expected[i].Data[k]} there");
        }
    }
}
