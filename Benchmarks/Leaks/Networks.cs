using Dlm.Runtime.Data;
using static TorchSharp.torch;

namespace Dlm.Benchmarks.Leaks;

/// <summary>LeNet-5 (LeCun et al., 1998), with ReLU and max pooling, for images of 28 by 28.</summary>
internal sealed class LeNetLike : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> _layers;

    public LeNetLike()
        : base(nameof(LeNetLike))
    {
        _layers = nn.Sequential(
            ("conv1", nn.Conv2d(1, 6, 5, 1, 2)), ("relu1", nn.ReLU()), ("pool1", nn.MaxPool2d(2)),
            ("conv2", nn.Conv2d(6, 16, 5)), ("relu2", nn.ReLU()), ("pool2", nn.MaxPool2d(2)), ("flatten", nn.Flatten()),
            ("fc1", nn.Linear(400, 120)), ("relu3", nn.ReLU()), ("fc2", nn.Linear(120, 84)), ("relu4", nn.ReLU()), ("fc3", nn.Linear(84, 10)));
        register_module("layers", _layers);
    }

    public override Tensor forward(Tensor input) => _layers.call(input);

    protected override void RegisterComponents()
    {
    }
}

/// <summary>An embedding, an LSTM, and a symbol for each step. Symbols [B, T] to logits [B, T, symbols].</summary>
internal sealed class SequenceNet : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Embedding _embed;
    private readonly TorchSharp.Modules.LSTM _lstm;
    private readonly TorchSharp.Modules.Linear _head;

    public SequenceNet(int symbols, int width, int hidden)
        : base(nameof(SequenceNet))
    {
        register_module("embed", _embed = nn.Embedding(symbols, width));
        register_module("lstm", _lstm = nn.LSTM(width, hidden, 1, true, true));
        register_module("head", _head = nn.Linear(hidden, symbols));
    }

    public override Tensor forward(Tensor input)
    {
        (Tensor output, _, _) = _lstm.call(_embed.call(input));
        return _head.call(output);
    }

    protected override void RegisterComponents()
    {
    }
}

/// <summary>Sequences that count upwards, from anywhere.</summary>
internal sealed class CountingText(long count, int symbols, int length) : IDataset
{
    public long Count => count;

    public Batch Read(ReadOnlySpan<long> indices)
    {
        Tensor start = tensor(indices.ToArray()).unsqueeze(1), places = arange(length + 1, dtype: ScalarType.Int64);
        Tensor all = (start + places).remainder(symbols);
        return new Batch(indices, (Batch.InputName, all.narrow(1, 0, length).contiguous()), (Batch.TargetName, all.narrow(1, 1, length).contiguous()));
    }
}
