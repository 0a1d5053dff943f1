using static TorchSharp.torch;

namespace Dlm.Runtime.Generation;

/// <summary>How the next token of each text is chosen.</summary>
public interface ITokenChoice
{
    /// <summary>Chooses.</summary>
    /// <param name="logits">What the network says of each token, [B, V].</param>
    /// <returns>A token for each text, int64 [B]; the caller disposes it.</returns>
    Tensor Choose(Tensor logits);
}
