namespace Dlm.Torch.Tests;

/// <summary>Assertions about tensors.</summary>
internal static class Check
{
    /// <summary>The tensor has this shape and these elements, row by row.</summary>
    internal static void Equal<T>(Tensor actual, long[] shape, params T[] elements) where T : unmanaged
    {
        Assert.Equal(shape, actual.shape);
        Assert.Equal(elements, actual.data<T>().ToArray());
    }

    internal static void Close(Tensor actual, long[] shape, params double[] elements)
    {
        Assert.Equal(shape, actual.shape);
        using var wide = actual.to(float64);
        var values = wide.data<double>().ToArray();
        Assert.Equal(elements.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(values[i] - elements[i]) <= 1e-5 * Math.Max(1, Math.Abs(elements[i])), $"element {i} is {values[i]}, not {elements[i]}");
    }
}
