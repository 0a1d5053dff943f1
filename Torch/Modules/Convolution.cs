using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>What convolutions of every dimension and direction have in common.</summary>
public abstract class Convolution : Module<Tensor, Tensor>
{
    protected long input_channels;
    protected long[] _reversed_padding_repeated_twice = [];

    protected Convolution(
        string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[] padding, Padding? padding_type,
        long[] dilation, bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode,
        Device? device = null, ScalarType? dtype = null) : base(name)
    {
        if (groups <= 0)
            throw new ArgumentException("groups must be a positive integer");
        if (in_channels % groups != 0)
            throw new ArgumentException("in_channels must be divisible by groups");
        if (out_channels % groups != 0)
            throw new ArgumentException("out_channels must be divisible by groups");
        if (padding_type == Padding.Same && stride.Any(s => s != 1))
            throw new ArgumentException("padding='same' is not supported for strided convolutions");

        input_channels = in_channels;
        this.out_channels = out_channels;
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.dilation = dilation;
        this.transposed = transposed;
        this.output_padding = output_padding;
        this.groups = groups;
        this.padding_mode = padding_mode;
        this.padding = padding;
        if (padding_type is { } type)
            SetPadding(type);
        else
            SetPadding(padding);

        long[] size = transposed
            ? [in_channels, out_channels / groups, .. kernel_size]
            : [out_channels, in_channels / groups, .. kernel_size];
        Own(nameof(weight), empty(size, dtype, device));
        if (bias)
            Own(nameof(bias), empty([out_channels], dtype, device));
        reset_parameters();
    }

    public long in_channels => input_channels;
    public long out_channels { get; }
    public long[] kernel_size { get; set; }
    public long[] stride { get; set; }
    public long[] padding { get; private set; }
    public Padding? padding_type { get; private set; }
    public long[] dilation { get; set; }
    public bool transposed { get; }
    public long[] output_padding { get; set; }
    public long groups { get; set; }
    public PaddingModes padding_mode { get; set; }
    public Parameter weight { get => OwnParameter(nameof(weight))!; set => Exchange(nameof(weight), value); }
    public Parameter? bias { get => OwnParameter(nameof(bias)); set => Exchange(nameof(bias), value); }

    /// <summary>Draws the weights anew, as PyTorch does: weight first, then bias.</summary>
    public void reset_parameters()
    {
        init.DefaultWeight(weight);
        if (bias is { } b)
            init.DefaultBias(b, init.CalculateFanInAndFanOut(weight).fanIn);
    }

    public void SetPadding(long[] padding)
    {
        padding_type = null;
        this.padding = padding;
        _reversed_padding_repeated_twice = padding.Reverse().SelectMany(p => new[] { p, p }).ToArray();
    }

    public void SetPadding(Padding padding)
    {
        padding_type = padding;
        this.padding = new long[kernel_size.Length];
        var totals = kernel_size.Select((k, i) => padding == Padding.Same ? dilation[i] * (k - 1) : 0);
        _reversed_padding_repeated_twice = totals.Reverse().SelectMany(t => new[] { t / 2, t - t / 2 }).ToArray();
    }

    protected bool ValidateShape(Tensor input, long dimensions) =>
        input.dim() - dimensions is 1 or 2 && input.size(-(int)dimensions - 1) == in_channels;

    /// <summary>Whether the padding is libtorch's business; a mode other than zeros is done by hand, before.</summary>
    private protected bool PadsItself => padding_mode == PaddingModes.Zeros;

    private protected Tensor Padded(Tensor input) => functional.pad(input, _reversed_padding_repeated_twice, padding_mode);
}

public sealed class Conv1d : Convolution
{
    internal Conv1d(
        long in_channels, long out_channels, long kernel_size, long stride, long padding, Padding? padding_type, long dilation,
        PaddingModes padding_mode, long groups, bool bias, Device? device, ScalarType? dtype)
        : base(
            nameof(Conv1d), in_channels, out_channels, [kernel_size], [stride], [padding], padding_type, [dilation], false, [0], groups,
            bias, padding_mode, device, dtype)
    { }

    public override Tensor forward(Tensor input)
    {
        if (PadsItself)
            return padding_type is { } type
                ? functional.conv1d_padding(input, weight, bias, stride[0], type, dilation[0], groups)
                : functional.conv1d(input, weight, bias, stride[0], padding[0], dilation[0], groups);
        using var padded = Padded(input);
        return functional.conv1d(padded, weight, bias, stride[0], 0, dilation[0], groups);
    }
}

public sealed class Conv2d : Convolution
{
    internal Conv2d(
        long in_channels, long out_channels, (long, long) kernel_size, (long, long) stride, (long, long) padding, Padding? padding_type,
        (long, long) dilation, PaddingModes padding_mode, long groups, bool bias, Device? device, ScalarType? dtype)
        : base(
            nameof(Conv2d), in_channels, out_channels, [kernel_size.Item1, kernel_size.Item2], [stride.Item1, stride.Item2],
            [padding.Item1, padding.Item2], padding_type, [dilation.Item1, dilation.Item2], false, [0, 0], groups, bias, padding_mode,
            device, dtype)
    { }

    public override Tensor forward(Tensor input)
    {
        if (PadsItself)
            return padding_type is { } type
                ? functional.conv2d_padding(input, weight, bias, stride, type, dilation, groups)
                : functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
        using var padded = Padded(input);
        return functional.conv2d(padded, weight, bias, stride, null, dilation, groups);
    }
}

public sealed class Conv3d : Convolution
{
    internal Conv3d(
        long in_channels, long out_channels, (long, long, long) kernel_size, (long, long, long) stride, (long, long, long) padding,
        Padding? padding_type, (long, long, long) dilation, PaddingModes padding_mode, long groups, bool bias, Device? device,
        ScalarType? dtype)
        : base(
            nameof(Conv3d), in_channels, out_channels, [kernel_size.Item1, kernel_size.Item2, kernel_size.Item3],
            [stride.Item1, stride.Item2, stride.Item3], [padding.Item1, padding.Item2, padding.Item3], padding_type,
            [dilation.Item1, dilation.Item2, dilation.Item3], false, [0, 0, 0], groups, bias, padding_mode, device, dtype)
    { }

    public override Tensor forward(Tensor input)
    {
        if (PadsItself)
            return padding_type is { } type
                ? functional.conv3d_padding(input, weight, bias, stride, type, dilation, groups)
                : functional.conv3d(input, weight, bias, stride, padding, dilation, groups);
        using var padded = Padded(input);
        return functional.conv3d(padded, weight, bias, stride, null, dilation, groups);
    }
}
