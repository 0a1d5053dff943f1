using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

public sealed class LayerNorm : Module<Tensor, Tensor>
{
    internal LayerNorm(
        long[] normalized_shape, double eps, bool elementwise_affine, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(LayerNorm))
    {
        this.normalized_shape = normalized_shape;
        this.eps = eps;
        this.elementwise_affine = elementwise_affine;
        if (!elementwise_affine)
            return;
        Own(nameof(weight), ones(normalized_shape, dtype, device));
        if (bias)
            Own(nameof(bias), zeros(normalized_shape, dtype, device));
    }

    public long[] normalized_shape { get; set; }
    public double eps { get; set; }
    public bool elementwise_affine { get; set; }
    public Parameter? weight { get => OwnParameter(nameof(weight)); set => Exchange(nameof(weight), value); }
    public Parameter? bias { get => OwnParameter(nameof(bias)); set => Exchange(nameof(bias), value); }

    public void reset_parameters()
    {
        if (weight is { } w)
            init.ones_(w);
        if (bias is { } b)
            init.zeros_(b);
    }

    public override Tensor forward(Tensor tensor) => functional.layer_norm(tensor, normalized_shape, weight, bias, eps);
}

public sealed class GroupNorm : Module<Tensor, Tensor>
{
    internal GroupNorm(
        long num_groups, long num_channels, double eps, bool affine, Device? device, ScalarType? dtype) : base(nameof(GroupNorm))
    {
        this.num_groups = num_groups;
        this.eps = eps;
        this.affine = affine;
        if (!affine)
            return;
        Own(nameof(weight), ones([num_channels], dtype, device));
        Own(nameof(bias), zeros([num_channels], dtype, device));
    }

    public long num_groups { get; set; }
    public double eps { get; set; }
    public bool affine { get; set; }
    public Parameter? weight { get => OwnParameter(nameof(weight)); set => Exchange(nameof(weight), value); }
    public Parameter? bias { get => OwnParameter(nameof(bias)); set => Exchange(nameof(bias), value); }

    public override Tensor forward(Tensor tensor) => functional.group_norm(tensor, num_groups, weight, bias, eps);
}
