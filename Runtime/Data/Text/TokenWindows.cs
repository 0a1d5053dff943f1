using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Text;

/// <summary>
/// Windows of one long text, for a model that guesses what comes next. A batch holds "input", int64 [B, T], and "target", int64 [B, T], the same one
/// further on.
/// </summary>
public sealed class TokenWindows : IDataset
{
    private readonly int[] _text;
    private readonly int _length, _stride;

    /// <summary>Cuts a text; it is not copied.</summary>
    /// <param name="text">The numbers of the whole text.</param>
    /// <param name="length">How many a window has: T.</param>
    /// <param name="stride">How far on the next window begins: without it they lie side by side; with 1 there is one at every place.</param>
    /// <exception cref="ArgumentException">The text is too short for one window.</exception>
    public TokenWindows(int[] text, int length, int? stride = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        (_text, _length, _stride) = (text, length, stride ?? length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_stride, nameof(stride));
        if (text.Length <= length) throw new ArgumentException($"A text of {text.Length} has no window of {length} and what comes after it.", nameof(text));
        Count = (text.Length - 1 - length) / _stride + 1;
    }

    /// <inheritdoc/>
    public long Count { get; }

    /// <inheritdoc/>
    public string SampleNoun => "windows";

    /// <inheritdoc/>
    public Batch Read(ReadOnlySpan<long> indices)
    {
        Tensor input = empty([indices.Length, _length], dtype: ScalarType.Int64), target = empty([indices.Length, _length], dtype: ScalarType.Int64);
        Span<long> inputs = MemoryMarshal.Cast<byte, long>(input.bytes), targets = MemoryMarshal.Cast<byte, long>(target.bytes);
        for (int row = 0; row < indices.Length; row++)
        {
            ReadOnlySpan<int> window = _text.AsSpan(checked((int)(indices[row] * _stride)), _length + 1);
            for (int i = 0; i < _length; i++) (inputs[row * _length + i], targets[row * _length + i]) = (window[i], window[i + 1]);
        }

        return new Batch(indices, (Batch.InputName, input), (Batch.TargetName, target));
    }
}
