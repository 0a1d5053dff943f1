using static TorchSharp.torch;

namespace Dlm.Runtime.Generation;

/// <summary>The likeliest token, always.</summary>
public sealed class Greedy : ITokenChoice
{
    /// <inheritdoc/>
    public Tensor Choose(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        return logits.argmax(1);
    }
}
