using static TorchSharp.torch;

namespace Dlm.Runtime.Generation;

/// <summary>Decodes with a recurrent network, whose state is all that it keeps of what it has read: each token costs the same, and a text may be of any length.</summary>
/// <remarks>
/// The state is one or several tensors, such as [layers, B, hidden], which flow in with the next tokens. The zoo's <c>LstmLanguageModel</c> and <c>GruLanguageModel</c> are such;
/// its recurrent translators keep what was read as a part of their state.
/// </remarks>
public sealed class RecurrentDecoder : IDecoder
{
    private readonly Func<Tensor, Tensor[]?, (Tensor Logits, Tensor[] State)> _network;
    private readonly int[]? _dimensions;
    private Tensor[]? _state;

    /// <summary>Decodes with a network of LSTMs.</summary>
    /// <param name="network">Of tokens int64 [B, T], state and memory it makes logits [B, T, V], state and memory. In evaluation mode where it has dropout; it stays the caller's.</param>
    public RecurrentDecoder(nn.Module<Tensor, Tensor?, Tensor?, (Tensor, Tensor, Tensor)> network)
        : this((tokens, state) => network.call(tokens, state?[0], state?[1]) is var (logits, h, c) ? (logits, [h, c]) : default)
    {
        ArgumentNullException.ThrowIfNull(network);
    }

    /// <summary>Decodes with a network of gated recurrent units, or another with a single state.</summary>
    /// <param name="network">Of tokens int64 [B, T] and state it makes logits [B, T, V] and state.</param>
    public RecurrentDecoder(nn.Module<Tensor, Tensor?, (Tensor, Tensor)> network)
        : this((tokens, state) => network.call(tokens, state?[0]) is var (logits, h) ? (logits, [h]) : default)
    {
        ArgumentNullException.ThrowIfNull(network);
    }

    /// <summary>Decodes with any network that hands on a state.</summary>
    /// <param name="network">Of tokens [B, T] and state, null at the beginning of texts, it makes logits [B, T, V] and state.</param>
    /// <param name="dimensions">For each part of the state, the dimension that has the texts; 1 for all, if null.</param>
    public RecurrentDecoder(Func<Tensor, Tensor[]?, (Tensor Logits, Tensor[] State)> network, params int[]? dimensions)
    {
        ArgumentNullException.ThrowIfNull(network);
        (_network, _dimensions) = (network, dimensions is { Length: > 0 } ? [.. dimensions] : null);
    }

    /// <summary>There is always room for more.</summary>
    public long Capacity => long.MaxValue;

    /// <inheritdoc/>
    public long Length { get; private set; }

    /// <inheritdoc/>
    public Tensor Read(Tensor tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.shape is not [var texts, var count]) throw new ArgumentException($"Tokens are int64 [B, T], but these are [{string.Join(", ", tokens.shape)}].", nameof(tokens));
        if (_state is [var first, ..] && first.shape[DimensionOf(0)] != texts) throw new ArgumentException($"There are {first.shape[DimensionOf(0)]} texts, but these tokens are of {texts}.", nameof(tokens));
        using IDisposable unrecorded = no_grad();
        (Tensor logits, Tensor[] state) = _network(tokens, _state);
        using Tensor all = logits;
        if (_dimensions is not null && _dimensions.Length != state.Length) throw new InvalidOperationException($"The network hands on {state.Length} parts of a state, and there are {_dimensions.Length} dimensions for them.");
        Keep(state);
        Length += count;
        return all.select(1, count - 1);
    }

    /// <inheritdoc/>
    public void Select(Tensor texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (_state is null) throw new InvalidOperationException("Nothing has been read yet.");
        Keep([.. _state.Select((part, i) => part.index_select(DimensionOf(i), texts))]);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Keep(null);
        Length = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => Reset();

    private int DimensionOf(int part) => _dimensions?[part] ?? 1;

    private void Keep(Tensor[]? state)
    {
        foreach (Tensor part in _state ?? []) part.Dispose();
        _state = state is null ? null : [.. state.Select(part => part.DetachFromDisposeScope())];
    }
}
