using static TorchSharp.torch;

namespace Dlm.Runtime.Generation;

/// <summary>A language model in the middle of some texts: it remembers what it has read and says what may come next.</summary>
public interface IDecoder : IDisposable
{
    /// <summary>How many tokens of a text it can hold.</summary>
    long Capacity { get; }

    /// <summary>How many tokens of each text it has read.</summary>
    long Length { get; }

    /// <summary>Reads on.</summary>
    /// <param name="tokens">What follows in each text: int64 [B, T], B being what it was in the first call.</param>
    /// <returns>For each text the logits of the token behind the last one, [B, V]; the caller disposes it.</returns>
    /// <exception cref="InvalidOperationException">There would be more tokens than <see cref="Capacity"/>.</exception>
    Tensor Read(Tensor tokens);

    /// <summary>Goes on with some of the texts, in another order or several times, as beam search does.</summary>
    /// <param name="texts">Which: int64 [K], each from 0 below B.</param>
    void Select(Tensor texts);

    /// <summary>Forgets what it has read, so that other texts can begin.</summary>
    void Reset();
}
