using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>A row of a table for every index.</summary>
public sealed class Embedding : Module<Tensor, Tensor>
{
    private readonly long? _padding;
    private readonly double? _maxNorm;
    private readonly double _normType;
    private readonly bool _scaleGradByFreq;
    private readonly bool _sparse;

    internal Embedding(
        Tensor weight, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse, bool freeze)
        : base(nameof(Embedding))
    {
        var rows = weight.size(0);
        if (padding_idx is { } row && (row >= rows || row < -rows))
            throw new ArgumentException($"padding_idx {row} must be within the {rows} rows of the table.", nameof(padding_idx));
        _padding = padding_idx < 0 ? padding_idx + rows : padding_idx;
        _maxNorm = max_norm;
        _normType = norm_type;
        _scaleGradByFreq = scale_grad_by_freq;
        _sparse = sparse;
        Own(nameof(weight), new Parameter(weight, !freeze));
    }

    /// <summary>A table drawn from the normal distribution, its padding row zero.</summary>
    internal static Tensor Draw(long rows, long columns, long? padding, Device? device, ScalarType? dtype)
    {
        var weight = init.normal_(empty([rows, columns], dtype, device));
        if (padding is { } row)
        {
            using var zero = weight.select(0, row);
            zero.zero_();
        }
        return weight;
    }

    public Parameter weight { get => OwnParameter(nameof(weight))!; set => Exchange(nameof(weight), value); }

    public override Tensor forward(Tensor input)
    {
        if (_maxNorm is { } bound)
        {
            using var guard = no_grad();
            using var rows = input.contiguous();
            Aten.embedding_renorm_.Run(weight, rows, bound, _normType);
        }
        return Aten.embedding.Call(weight, input, _padding ?? -1, _scaleGradByFreq, _sparse);
    }
}
