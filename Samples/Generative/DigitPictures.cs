using Dlm.Runtime.Data;
using static TorchSharp.torch;

namespace Dlm.Samples.Generative;

/// <summary>Digits as networks that draw see them: of the values that those give, under the name that an objective reads, without what they show.</summary>
/// <param name="digits">The digits.</param>
/// <param name="name">What the objective calls an image.</param>
/// <param name="isSigned">Whether black is -1, as for a generator that ends in a hyperbolic tangent, or 0, as for logits.</param>
/// <param name="margin">How many black pixels are put around each.</param>
/// <param name="most">How many of them there are; without it all.</param>
internal sealed class DigitPictures(LabelledImages digits, string name, bool isSigned = true, int margin = 0, long? most = null) : IDataset
{
    public long Count => Math.Min(most ?? long.MaxValue, digits.Count);

    public string SampleNoun => "images";

    public Batch Read(ReadOnlySpan<long> indices) => new(indices, (name, Pixels(indices)));

    /// <summary>The first images, [count, 1, side, side].</summary>
    public Tensor First(int count) => Pixels([.. Enumerable.Range(0, count).Select(i => (long)i)]);

    private Tensor Pixels(ReadOnlySpan<long> indices)
    {
        int size = digits.Width * digits.Height;
        byte[] pixels = new byte[indices.Length * size];
        for (int i = 0; i < indices.Length; i++) digits.Image(indices[i]).CopyTo(pixels.AsSpan(i * size));
        Tensor images = tensor(pixels).reshape(indices.Length, 1, digits.Height, digits.Width).to(ScalarType.Float32) / 255;
        if (margin > 0) images = nn.functional.pad(images, [margin, margin, margin, margin]);
        return isSigned ? images * 2 - 1 : images;
    }
}
