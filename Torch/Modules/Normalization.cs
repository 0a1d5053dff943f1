using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>What batch and instance normalization have in common: a scale, a shift, and running statistics.</summary>
public abstract class NormBase : Module<Tensor, Tensor>
{
    public NormBase(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device,
        ScalarType? dtype, string name) : base(name)
    {
        this.num_features = num_features;
        this.eps = eps;
        this.momentum = momentum;
        this.affine = affine;
        this.track_running_stats = track_running_stats;
        if (affine)
        {
            Own(nameof(weight), ones([num_features], dtype, device));
            Own(nameof(bias), zeros([num_features], dtype, device));
        }
        if (track_running_stats)
        {
            OwnBuffer(nameof(running_mean), zeros([num_features], dtype, device));
            OwnBuffer(nameof(running_var), ones([num_features], dtype, device));
            OwnBuffer(nameof(num_batches_tracked), zeros([], ScalarType.Int64, device));
        }
    }

    public long num_features { get; }
    public double eps { get; set; }
    public double? momentum { get; set; }
    public bool affine { get; }
    public bool track_running_stats { get; }
    public Parameter? weight { get => OwnParameter(nameof(weight)); set => Exchange(nameof(weight), value); }
    public Parameter? bias { get => OwnParameter(nameof(bias)); set => Exchange(nameof(bias), value); }
    public Tensor? running_mean { get => OwnBuffer(nameof(running_mean)); set => ExchangeBuffer(nameof(running_mean), value); }
    public Tensor? running_var { get => OwnBuffer(nameof(running_var)); set => ExchangeBuffer(nameof(running_var), value); }
    public Tensor? num_batches_tracked
    {
        get => OwnBuffer(
        nameof(num_batches_tracked)); set => ExchangeBuffer(nameof(num_batches_tracked), value);
    }

    public void reset_running_stats()
    {
        running_mean?.zero_();
        running_var?.fill_(1);
        num_batches_tracked?.zero_();
    }

    public void reset_parameters()
    {
        reset_running_stats();
        if (weight is { } w)
            init.ones_(w);
        if (bias is { } b)
            init.zeros_(b);
    }

    /// <exception cref="ArgumentException">The input has not the dimensions this layer works on.</exception>
    protected abstract void ValidateInputDimensions(Tensor input);

    private protected static void RequireDimensions(Tensor input, int least, int most)
    {
        var dims = input.dim();
        if (dims < least || dims > most)
            throw new ArgumentException($"expected {(least == most ? $"{least}D" : $"{least}D or {most}D")} input (got {dims}D input)");
    }
}

public abstract class BatchNorm : NormBase
{
    public BatchNorm(
        long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device,
        ScalarType? dtype, string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name) { }

    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        var factor = momentum ?? 0;
        if (training && track_running_stats && num_batches_tracked is { } count)
        {
            count.add_(1);
            factor = momentum ?? 1 / (double)count;
        }
        return functional.batch_norm(input, running_mean!, running_var!, weight, bias, training || running_mean is null, factor, eps);
    }
}

public sealed class BatchNorm1d : BatchNorm
{
    internal BatchNorm1d(
        long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm1d)) { }

    protected override void ValidateInputDimensions(Tensor input) => RequireDimensions(input, 2, 3);
}

public sealed class BatchNorm2d : BatchNorm
{
    internal BatchNorm2d(
        long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm2d)) { }

    protected override void ValidateInputDimensions(Tensor input) => RequireDimensions(input, 4, 4);
}

public sealed class BatchNorm3d : BatchNorm
{
    internal BatchNorm3d(
        long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm3d)) { }

    protected override void ValidateInputDimensions(Tensor input) => RequireDimensions(input, 5, 5);
}

public abstract class InstanceNorm : NormBase
{
    public InstanceNorm(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device,
        ScalarType? dtype, string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name) { }

    /// <summary>How many dimensions an input has beside those of one instance's channel.</summary>
    protected abstract long GetNumberOfBatchDimensions();

    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        if (input.dim() == GetNumberOfBatchDimensions())
            return Apply(input);
        using var batch = input.unsqueeze(0);
        using var result = Apply(batch);
        return result.squeeze(0);
    }

    private Tensor Apply(Tensor input) => functional.instance_norm(
        input, running_mean, running_var, weight, bias, training || !track_running_stats, momentum ?? 0, eps);
}

public sealed class InstanceNorm1d : InstanceNorm
{
    internal InstanceNorm1d(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm1d)) { }

    protected override long GetNumberOfBatchDimensions() => 3;

    protected override void ValidateInputDimensions(Tensor input) => RequireDimensions(input, 2, 3);
}

public sealed class InstanceNorm2d : InstanceNorm
{
    internal InstanceNorm2d(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm2d)) { }

    protected override long GetNumberOfBatchDimensions() => 4;

    protected override void ValidateInputDimensions(Tensor input) => RequireDimensions(input, 3, 4);
}

public sealed class InstanceNorm3d : InstanceNorm
{
    internal InstanceNorm3d(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm3d)) { }

    protected override long GetNumberOfBatchDimensions() => 5;

    protected override void ValidateInputDimensions(Tensor input) => RequireDimensions(input, 4, 5);
}
