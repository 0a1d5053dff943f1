using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>x Wᵀ + b.</summary>
public sealed class Linear : Module<Tensor, Tensor>
{
    internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Linear))
    {
        in_features = inputSize;
        out_features = outputSize;
        Own(nameof(weight), init.DefaultWeight(empty([outputSize, inputSize], dtype, device)));
        if (hasBias)
            Own(nameof(bias), init.DefaultBias(empty([outputSize], dtype, device), inputSize));
    }

    internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
    {
        in_features = weight.size(1);
        out_features = weight.size(0);
        Own(nameof(weight), weight);
        Own(nameof(bias), bias);
    }

    public long in_features { get; set; }
    public long out_features { get; set; }
    public Parameter weight { get => OwnParameter(nameof(weight))!; set => Exchange(nameof(weight), value); }
    public Parameter? bias { get => OwnParameter(nameof(bias)); set => Exchange(nameof(bias), value); }

    public override Tensor forward(Tensor tensor) => functional.linear(tensor, weight, bias);
}
