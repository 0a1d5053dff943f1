using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>The gradient of a convolution, as a layer.</summary>
public abstract class ConvolutionTranspose : Convolution
{
    protected ConvolutionTranspose(
        string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[] padding, Padding? padding_type,
        long[] dilation, bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode,
        Device? device = null, ScalarType? dtype = null)
        : base(
            name, in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, transposed, output_padding, groups,
            bias, padding_mode, device, dtype)
    {
        if (padding_mode != PaddingModes.Zeros)
            throw new ArgumentException($"Only \"zeros\" padding mode is supported for {name}");
    }

    public override Tensor forward(Tensor input) => forward(input, null);

    /// <summary>The layer's output of a wanted size, which several sizes of input may lead to.</summary>
    public abstract Tensor forward(Tensor input, long[]? output_size);

    /// <summary>What must be added at one side for the output to be of the size wanted.</summary>
    protected long[] _output_padding(
        Tensor input, long[]? output_size, long[] kernel_size, long[] stride, long[] padding, long[] dilation, long num_spatial_dims)
    {
        if (output_size is null)
            return output_padding;
        var dims = (int)num_spatial_dims;
        var sizes = output_size.Length > dims ? output_size[^dims..] : output_size;
        if (sizes.Length != dims)
            throw new ArgumentException($"output_size must have {dims} or {dims + 2} elements (got {output_size.Length})");

        var shape = input.shape[^dims..];
        var result = new long[dims];
        for (var d = 0; d < dims; d++)
        {
            var least = (shape[d] - 1) * stride[d] - 2 * padding[d] + dilation[d] * (kernel_size[d] - 1) + 1;
            result[d] = sizes[d] - least;
            if (result[d] < 0 || result[d] >= stride[d])
                throw new ArgumentException(
                    $"requested an output size of [{string.Join(", ", sizes)}], but dimension {d} can be {least} to " +
                    $"{least + stride[d] - 1} for an input of [{string.Join(", ", shape)}]");
        }
        return result;
    }

    private protected long[] OutputPadding(Tensor input, long[]? output_size) =>
        _output_padding(input, output_size, kernel_size, stride, padding, dilation, kernel_size.Length);
}

public sealed class ConvTranspose1d : ConvolutionTranspose
{
    internal ConvTranspose1d(
        long in_channels, long out_channels, long kernel_size, long stride, long padding, long output_padding, long dilation,
        PaddingModes padding_mode, long groups, bool bias, Device? device, ScalarType? dtype)
        : base(
            nameof(ConvTranspose1d), in_channels, out_channels, [kernel_size], [stride], [padding], null, [dilation], true,
            [output_padding], groups, bias, padding_mode, device, dtype)
    { }

    public override Tensor forward(Tensor input, long[]? output_size) => functional.conv_transpose1d(
        input, weight, bias, stride[0], padding[0], OutputPadding(input, output_size)[0], dilation[0], groups);
}

public sealed class ConvTranspose2d : ConvolutionTranspose
{
    internal ConvTranspose2d(
        long in_channels, long out_channels, (long, long) kernel_size, (long, long) stride, (long, long) padding,
        (long, long) output_padding, (long, long) dilation, PaddingModes padding_mode, long groups, bool bias, Device? device,
        ScalarType? dtype)
        : base(
            nameof(ConvTranspose2d), in_channels, out_channels, [kernel_size.Item1, kernel_size.Item2], [stride.Item1, stride.Item2],
            [padding.Item1, padding.Item2], null, [dilation.Item1, dilation.Item2], true, [output_padding.Item1, output_padding.Item2],
            groups, bias, padding_mode, device, dtype)
    { }

    public override Tensor forward(Tensor input, long[]? output_size) => functional.conv_transpose2d(
        input, weight, bias, stride, padding, OutputPadding(input, output_size), dilation, groups);
}

public sealed class ConvTranspose3d : ConvolutionTranspose
{
    internal ConvTranspose3d(
        long in_channels, long out_channels, (long, long, long) kernel_size, (long, long, long) stride, (long, long, long) padding,
        (long, long, long) output_padding, (long, long, long) dilation, PaddingModes padding_mode, long groups, bool bias,
        Device? device, ScalarType? dtype)
        : base(
            nameof(ConvTranspose3d), in_channels, out_channels, [kernel_size.Item1, kernel_size.Item2, kernel_size.Item3],
            [stride.Item1, stride.Item2, stride.Item3], [padding.Item1, padding.Item2, padding.Item3], null,
            [dilation.Item1, dilation.Item2, dilation.Item3], true, [output_padding.Item1, output_padding.Item2, output_padding.Item3],
            groups, bias, padding_mode, device, dtype)
    { }

    public override Tensor forward(Tensor input, long[]? output_size) => functional.conv_transpose3d(
        input, weight, bias, stride, padding, OutputPadding(input, output_size), dilation, groups);
}
