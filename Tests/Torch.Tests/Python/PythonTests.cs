namespace Dlm.Torch.Tests;

/// <summary>
/// Draws, functions, layers and optimizers against PyTorch's own, from the same seed: inputs, initial parameters, outputs
/// and gradients must all agree.
/// </summary>
public partial class PythonTests
{
    [Fact]
    public void BothSidesHaveTheSameCases() => Assert.Equal(
        PyTorch.OrSkip().Cases.Keys.Order(StringComparer.Ordinal),
        new[] { Draws(), Functions(), PlacesAndProducts(), Losses(), Layers(), Optimizers() }.SelectMany(cases => cases.Keys).Order(StringComparer.Ordinal));

    [Fact]
    public void DrawsAgree() => Compare(Draws());

    [Fact]
    public void FunctionsAgree() => Compare(Functions());

    [Fact]
    public void PlacesAndProductsAgree() => Compare(PlacesAndProducts());

    [Fact]
    public void LossesAgree() => Compare(Losses());

    [Fact]
    public void LayersAgree() => Compare(Layers());

    [Fact]
    public void OptimizersAgree() => Compare(Optimizers());

    private static void Compare(Dictionary<string, Func<Tensor[]>> cases)
    {
        var reference = PyTorch.OrSkip();
        var differences = cases.Select(c => (c.Key, Difference: Difference(reference.Cases[c.Key], c.Value))).Where(c => c.Difference is not null).ToList();
        Assert.True(differences.Count == 0, string.Join('\n', differences.Select(c => $"{c.Key}: {c.Difference}")));
    }

    /// <summary>Where a case first differs from what PyTorch computed; null if it does not.</summary>
    private static string? Difference(PyTorch.Value[] expected, Func<Tensor[]> compute)
    {
        using var scope = NewDisposeScope();
        manual_seed(0).Dispose();
        var actual = compute();
        if (actual.Length != expected.Length)
            return $"{actual.Length} values here, {expected.Length} there";
        for (var i = 0; i < actual.Length; i++)
        {
            if (!actual[i].shape.SequenceEqual(expected[i].Shape))
                return $"value {i}: [{string.Join(", ", actual[i].shape)}] here, [{string.Join(", ", expected[i].Shape)}] there";
            var values = actual[i].detach().to(float64).contiguous().data<double>().ToArray();
            var largest = expected[i].Data.Where(double.IsFinite).Select(Math.Abs).Append(1e-3).Max();
            for (var k = 0; k < values.Length; k++)
                if (!(Math.Abs(values[k] - expected[i].Data[k]) <= 2e-6 * largest))
                    return $"value {i}, element {k}: {values[k]} here, {expected[i].Data[k]} there";
        }
        return null;
    }
}
