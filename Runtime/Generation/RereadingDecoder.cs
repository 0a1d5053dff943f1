using static TorchSharp.torch;

namespace Dlm.Runtime.Generation;

/// <summary>
/// Decodes with any network from tokens to logits, which reads the whole text again for each token; for networks without a cache, and to
/// check one that has.
/// </summary>
public sealed class RereadingDecoder : IDecoder
{
    private readonly Func<Tensor, Tensor> _network;
    private Tensor? _read;

    /// <summary>Decodes with a network.</summary>
    /// <param name="network">What makes logits [B, T, V] of tokens [B, T], in evaluation mode where it has dropout.</param>
    /// <param name="capacity">The most tokens of a text.</param>
    public RereadingDecoder(Func<Tensor, Tensor> network, long capacity = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (_network, Capacity) = (network, capacity);
    }

    /// <inheritdoc/>
    public long Capacity { get; }

    /// <inheritdoc/>
    public long Length => _read?.shape[1] ?? 0;

    /// <inheritdoc/>
    public Tensor Read(Tensor tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.shape is not [_, long count]) throw new ArgumentException($"Tokens are int64 [B, T], but these are [{string.Join(", ", tokens.shape)}].", nameof(tokens));
        if (Length + count > Capacity) throw new InvalidOperationException($"The text would be {Length + count} tokens long; there is room for {Capacity}.");
        using IDisposable unrecorded = no_grad();
        Keep(_read is null ? tokens.clone() : cat([_read, tokens], 1));
        using Tensor logits = _network(_read!);
        return logits.select(1, Length - 1);
    }

    /// <inheritdoc/>
    public void Select(Tensor texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (_read is null) throw new InvalidOperationException("Nothing has been read yet.");
        Keep(_read.index_select(0, texts));
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _read?.Dispose();
        _read = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Reset();

    private void Keep(Tensor read)
    {
        _read?.Dispose();
        _read = read.DetachFromDisposeScope();
    }
}
