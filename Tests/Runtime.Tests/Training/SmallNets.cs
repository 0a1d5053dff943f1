using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Training;

/// <summary>A network like LeNet-5, with a batch norm and a dropout besides, so that buffers and random numbers are at work.</summary>
internal sealed class SmallConvNet : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> _layers;

    public SmallConvNet(double dropout = 0.1)
        : base(nameof(SmallConvNet))
    {
        _layers = nn.Sequential(
            ("conv1", nn.Conv2d(1, 8, 5, 2)), ("norm1", nn.BatchNorm2d(8)), ("relu1", nn.ReLU()),
            ("conv2", nn.Conv2d(8, 16, 3, 2)), ("relu2", nn.ReLU()), ("flatten", nn.Flatten()),
            ("drop", nn.Dropout(dropout)), ("fc", nn.Linear(16 * 5 * 5, 10)));
        register_module("layers", _layers);
    }

    public override Tensor forward(Tensor input) => _layers.call(input);

    protected override void RegisterComponents()
    {
    }
}

/// <summary>One linear layer.</summary>
internal sealed class LinearNet : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> _layer;

    public LinearNet(int inputs, int outputs)
        : base(nameof(LinearNet))
    {
        _layer = nn.Linear(inputs, outputs);
        register_module("fc", _layer);
    }

    public override Tensor forward(Tensor input) => _layer.call(input.flatten(1));

    protected override void RegisterComponents()
    {
    }
}
