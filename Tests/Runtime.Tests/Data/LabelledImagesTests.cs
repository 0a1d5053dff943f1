using Dlm.Runtime.Data;

namespace Dlm.Runtime.Tests.Data;

public sealed class LabelledImagesTests
{
    [Fact]
    public void Every_pixel_is_normalised_whatever_its_place()
    {
        byte[] pixels = [.. Enumerable.Range(0, 3 * 271).Select(i => (byte)(7 * i))];
        LabelledImages images = new(pixels, [1, 0, 1], channels: 1, height: 1, width: 271, classes: 2, mean: 0.25, deviation: 0.5);

        using Batch batch = images.Read([2, 0]);

        float[] values = batch.Input.ToArray<float>();
        double[] expected = [.. pixels[542..].Concat(pixels[..271]).Select(pixel => (pixel / 255.0 - 0.25) / 0.5)];
        Assert.Equal([2, 1, 1, 271], batch.Input.shape);
        for (int i = 0; i < values.Length; i++) Assert.Equal(expected[i], values[i], 1e-6);
    }

    [Fact]
    public void Sizes_that_do_not_belong_together_are_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new LabelledImages(new byte[10], [1, 2], 1, 2, 3, 10));

        Assert.StartsWith("2 images of 1 x 2 x 3 have not 10 pixels.", error.Message, StringComparison.Ordinal);
    }
}
