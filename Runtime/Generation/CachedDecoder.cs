using static TorchSharp.torch;

namespace Dlm.Runtime.Generation;

/// <summary>
/// Decodes with a network that keeps the keys and values of what it has read in a cache, so that each token costs the same, however
/// long the text is already.
/// </summary>
/// <remarks>
/// The network takes what is new, int64 [B, T], and a part of the cache, [layers, 2, B, heads, S, d], where S counts the T new positions and all
/// before them; it writes keys and values into the last T, and gives logits [B, T, V]. The zoo's <c>Gpt2</c> does.
/// </remarks>
public sealed class CachedDecoder : IDecoder
{
    private readonly Func<Tensor, Tensor, Tensor> _network;
    private readonly (long Layers, long Heads, long Width) _sizes;
    private readonly Device? _device;
    private readonly ScalarType _type;
    private Tensor? _cache;

    /// <summary>Decodes with a network whose second input is the cache.</summary>
    /// <param name="network">The network, in evaluation mode where it has dropout; it stays the caller's.</param>
    /// <param name="capacity">The most tokens of a text: at most what the network has positions for.</param>
    /// <param name="layers">How many layers have keys and values.</param>
    /// <param name="heads">How many heads each of them has.</param>
    /// <param name="width">How long a key is.</param>
    public CachedDecoder(nn.Module<Tensor, Tensor?, Tensor> network, long capacity, long layers, long heads, long width)
        : this((tokens, cache) => network.call(tokens, cache), capacity, layers, heads, width, ParameterOf(network).device, ParameterOf(network).dtype)
    {
    }

    /// <summary>Decodes with a network that needs more than the cache, such as what an encoder has read.</summary>
    /// <param name="network">What makes logits [B, T, V] of tokens [B, T] and the cache.</param>
    /// <param name="capacity">The most tokens of a text.</param>
    /// <param name="layers">How many layers have keys and values.</param>
    /// <param name="heads">How many heads each of them has.</param>
    /// <param name="width">How long a key is.</param>
    /// <param name="device">Where the cache is to be; where the tokens are, if null.</param>
    /// <param name="type">The element type of keys and values.</param>
    public CachedDecoder(Func<Tensor, Tensor, Tensor> network, long capacity, long layers, long heads, long width, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        (_network, Capacity, _sizes, _device, _type) = (network, capacity, (layers, heads, width), device, type);
    }

    /// <inheritdoc/>
    public long Capacity { get; }

    /// <inheritdoc/>
    public long Length { get; private set; }

    /// <inheritdoc/>
    public Tensor Read(Tensor tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        (long texts, long count) = tokens.shape is [long b, long t] ? (b, t) : throw new ArgumentException($"Tokens are int64 [B, T], but these are [{string.Join(", ", tokens.shape)}].", nameof(tokens));
        if (Length + count > Capacity) throw new InvalidOperationException($"The text would be {Length + count} tokens long; there is room for {Capacity}.");
        _cache ??= zeros([_sizes.Layers, 2, texts, _sizes.Heads, Capacity, _sizes.Width], _type, _device ?? tokens.device).DetachFromDisposeScope();
        if (_cache.shape[2] != texts) throw new ArgumentException($"There are {_cache.shape[2]} texts, but these tokens are of {texts}.", nameof(tokens));
        using IDisposable unrecorded = no_grad();
        using Tensor part = _cache.narrow(4, 0, Length + count);
        using Tensor logits = _network(tokens, part);
        Length += count;
        return logits.select(1, count - 1);
    }

    /// <inheritdoc/>
    public void Select(Tensor texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (_cache is null) throw new InvalidOperationException("Nothing has been read yet.");
        Tensor chosen = _cache.index_select(2, texts).DetachFromDisposeScope();
        _cache.Dispose();
        _cache = chosen;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _cache?.Dispose();
        (_cache, Length) = (null, 0);
    }

    /// <inheritdoc/>
    public void Dispose() => Reset();

    private static Tensor ParameterOf(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.parameters().First(parameter => parameter.is_floating_point());
    }
}
