using System.Globalization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>What recurrent layers have in common: weights of every layer and direction under PyTorch's names, and a shape.</summary>
internal sealed class RecurrentWeights
{
    private readonly Module _owner;
    private readonly List<string> _names = [];
    private readonly long _hidden;
    private readonly long _layers;
    private readonly double _dropout;
    private readonly bool _bias;
    private readonly bool _batchFirst;
    private readonly bool _bidirectional;

    internal RecurrentWeights(
        Module owner, long gates, long inputSize, long hiddenSize, long layers, bool bias, bool batchFirst, double dropout,
        bool bidirectional, Device? device, ScalarType? dtype)
    {
        (_owner, _hidden, _layers, _dropout) = (owner, hiddenSize, layers, dropout);
        (_bias, _batchFirst, _bidirectional) = (bias, batchFirst, bidirectional);
        var bound = hiddenSize > 0 ? 1 / Math.Sqrt(hiddenSize) : 0;
        for (var layer = 0; layer < layers; layer++)
        {
            for (var direction = 0; direction < Directions; direction++)
            {
                var suffix = Suffix(layer, direction);
                Add("weight_ih" + suffix, gates * hiddenSize, layer == 0 ? inputSize : hiddenSize * Directions);
                Add("weight_hh" + suffix, gates * hiddenSize, hiddenSize);
                if (!bias)
                    continue;
                Add("bias_ih" + suffix, gates * hiddenSize);
                Add("bias_hh" + suffix, gates * hiddenSize);
            }
        }

        void Add(string name, params long[] size)
        {
            owner.Own(name, init.uniform_(empty(size, dtype, device), -bound, bound));
            _names.Add(name);
        }
    }

    private int Directions => _bidirectional ? 2 : 1;

    private static string Suffix(long layer, long direction) =>
        string.Create(CultureInfo.InvariantCulture, $"_l{layer}{(direction == 1 ? "_reverse" : "")}");

    private Tensor[] All => _names.Select(name => (Tensor)_owner.OwnParameter(name)!).ToArray();

    internal Parameter? Find(string kind, long index) => index < 0 || index >= _layers * Directions
        ? throw new ArgumentOutOfRangeException(
            nameof(index), $"The index {index} is not among {_layers * Directions} layers and directions.")
        : _owner.OwnParameter(kind + Suffix(index / Directions, index % Directions));

    /// <summary>A state of zeros for a batch.</summary>
    private Tensor Zeros(Tensor input, long columns) => input.new_zeros([_layers * Directions, input.size(_batchFirst ? 0 : 1), columns]);

    /// <summary>Runs a layer with one state, of a batch or of a single sequence.</summary>
    internal (Tensor, Tensor) Run(Op op, Tensor input, Tensor? state)
    {
        var (output, states) = Run(input, state is null ? null : [state], 1, (batch, given) =>
        {
            var (y, h) = op.Call2(batch, given[0], All, _bias, _layers, _dropout, _owner.training, _bidirectional, _batchFirst);
            return (y, [h]);
        });
        return (output, states[0]);
    }

    /// <summary>Runs a layer with two states.</summary>
    internal (Tensor, Tensor, Tensor) Run(Op op, Tensor input, (Tensor, Tensor)? state)
    {
        var (output, states) = Run(input, state is { } s ? [s.Item1, s.Item2] : null, 2, (batch, given) =>
        {
            var (y, h, c) = op.Call3(batch, given, All, _bias, _layers, _dropout, _owner.training, _bidirectional, _batchFirst);
            return (y, [h, c]);
        });
        return (output, states[0], states[1]);
    }

    private (Tensor, Tensor[]) Run(Tensor input, Tensor[]? states, int count, Func<Tensor, Tensor[], (Tensor, Tensor[])> layer)
    {
        using var scope = NewDisposeScope();
        var single = input.dim() == 2;
        var sequence = _batchFirst ? 0 : 1;
        var batch = single ? input.unsqueeze(sequence) : input;
        var given = states is null
            ? Enumerable.Range(0, count).Select(_ => Zeros(batch, _hidden)).ToArray()
            : single ? Array.ConvertAll(states, s => s.unsqueeze(1)) : states;
        var (output, final) = layer(batch, given);
        if (single)
        {
            output = output.squeeze(sequence);
            final = Array.ConvertAll(final, s => s.squeeze(1));
        }
        foreach (var state in final)
            state.MoveToOuterDisposeScope();
        return (output.MoveToOuterDisposeScope(), final);
    }
}
