using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>x₁ᵀ W x₂ + b for every output.</summary>
public sealed class Bilinear : Module<Tensor, Tensor, Tensor>
{
    internal Bilinear(
        long in1_features, long in2_features, long out_features, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Bilinear))
    {
        this.in1_features = in1_features;
        this.in2_features = in2_features;
        this.out_features = out_features;
        var bound = 1 / Math.Sqrt(in1_features);
        Own(nameof(weight), init.uniform_(empty([out_features, in1_features, in2_features], dtype, device), -bound, bound));
        if (hasBias)
            Own(nameof(bias), init.uniform_(empty([out_features], dtype, device), -bound, bound));
    }

    public long in1_features { get; set; }
    public long in2_features { get; set; }
    public long out_features { get; set; }
    public Parameter weight { get => OwnParameter(nameof(weight))!; set => Exchange(nameof(weight), value); }
    public Parameter? bias { get => OwnParameter(nameof(bias)); set => Exchange(nameof(bias), value); }

    public override Tensor forward(Tensor input1, Tensor input2) => functional.bilinear(input1, input2, weight, bias);
}
