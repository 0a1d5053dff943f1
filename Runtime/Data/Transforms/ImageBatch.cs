using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Transforms;

/// <summary>Changes each image of a tensor, and gives the new tensor.</summary>
internal static class ImageBatch
{
    [ThreadStatic]
    private static Image? _image;

    /// <summary>Changes the images [B, C, H, W] one by one.</summary>
    public static Tensor Change(Tensor images, ReadOnlySpan<long> indices, IReadOnlyList<IImageTransform> transforms, ulong seed, int epoch)
    {
        long[] shape = images.shape;
        if (shape.Length != 4 || images.dtype != ScalarType.Float32)
        {
            throw new InvalidOperationException($"Transforms change images, float32 [B, channels, height, width]; the data set gives {images.dtype} [{string.Join(", ", shape)}].");
        }

        // Written in place by this thread alone: a tensor operation would wake libtorch's threads, which the training step needs.
        using Tensor whole = images.contiguous();
        ReadOnlySpan<float> source = MemoryMarshal.Cast<byte, float>(whole.bytes);
        (int channels, int height, int width) = ((int)shape[1], (int)shape[2], (int)shape[3]);
        int size = channels * height * width;
        Image image = _image ??= new Image();
        Tensor? result = null;
        Span<float> values = default;
        for (int i = 0; i < indices.Length; i++)
        {
            image.Set(source.Slice(i * size, size), channels, height, width);
            RandomStream random = new(seed, (ulong)epoch, (ulong)indices[i]);
            foreach (IImageTransform transform in transforms) transform.Apply(image, random);
            if (result is null)
            {
                result = empty([indices.Length, image.Channels, image.Height, image.Width]);
                values = MemoryMarshal.Cast<byte, float>(result.bytes);
            }

            else if (image.Values.Length * indices.Length != values.Length)
            {
                throw new InvalidOperationException($"The images of a batch must be of one size, and one became {image.Channels} x {image.Height} x {image.Width} where others became {string.Join(" x ", result.shape[1..])}. End with a crop or Resize.");
            }

            image.Values.CopyTo(values.Slice(i * image.Values.Length));
        }

        return result ?? images.clone();
    }
}
