using static TorchSharp.torch;

namespace Dlm.Runtime.Generation;

/// <summary>
/// A token by chance: each as likely as the network says, at a temperature, among the <see cref="TopK"/> likeliest (Fan et al., 2018), and of
/// those among the fewest that together have the probability <see cref="TopP"/> (nucleus sampling, Holtzman et al., 2020).
/// </summary>
public sealed class Drawn : ITokenChoice
{
    private readonly Generator? _generator;

    /// <summary>Draws.</summary>
    /// <param name="temperature">What logits are divided by: below 1 what is likely becomes likelier, above 1 less so.</param>
    /// <param name="topK">How many of the likeliest tokens there are to choose from; all, if null.</param>
    /// <param name="topP">How much probability, of 1, there is to choose from; the token that reaches it is in.</param>
    /// <param name="generator">Where chance comes from; torch's own, which <c>manual_seed</c> sets, if null.</param>
    public Drawn(double temperature = 1, int? topK = null, double topP = 1, Generator? generator = null)
    {
        if (!(temperature > 0) || double.IsInfinity(temperature)) throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature is more than 0; at 0 it would be Greedy.");
        if (topK < 1) throw new ArgumentOutOfRangeException(nameof(topK), topK, "There must be a token to choose from.");
        if (!(topP > 0 && topP <= 1)) throw new ArgumentOutOfRangeException(nameof(topP), topP, "A probability to choose from is more than 0 and at most 1.");
        (Temperature, TopK, TopP, _generator) = (temperature, topK, topP, generator);
    }

    /// <summary>What logits are divided by.</summary>
    public double Temperature { get; }

    /// <summary>How many of the likeliest tokens there are to choose from; null for all.</summary>
    public int? TopK { get; }

    /// <summary>How much probability there is to choose from.</summary>
    public double TopP { get; }

    /// <inheritdoc/>
    public Tensor Choose(Tensor logits)
    {
        (Tensor chances, Tensor tokens) = Chances(logits);
        using (chances)
        using (tokens)
        {
            using Tensor drawn = chances.multinomial(1, false, _generator);
            using Tensor chosen = tokens.gather(1, drawn);
            return chosen.squeeze(1);
        }
    }

    /// <summary>How likely each token is to be chosen.</summary>
    /// <param name="logits">What the network says of each token, [B, V].</param>
    /// <returns>Probabilities [B, V]; the caller disposes it.</returns>
    public Tensor Distribution(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        (Tensor chances, Tensor tokens) = Chances(logits);
        using (chances)
        using (tokens)
        {
            using Tensor none = zeros_like(logits);
            return none.scatter(1, tokens, chances);
        }
    }

    // The tokens that there are to choose from, the likeliest first, with their probabilities.
    private (Tensor Chances, Tensor Tokens) Chances(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        int count = (int)Math.Min(TopK ?? long.MaxValue, logits.shape[1]);
        (Tensor values, Tensor tokens) = logits.topk(count, 1);
        using Tensor scaled = values.div(Temperature);
        values.Dispose();
        Tensor chances = scaled.softmax(1);
        if (TopP == 1) return (chances, tokens);
        using Tensor all = chances;
        using Tensor reached = all.cumsum(1);
        using Tensor before = reached.sub(all);
        using Tensor beyond = before.ge(TopP);
        using Tensor kept = all.masked_fill(beyond, 0);
        using Tensor sum = kept.sum(1, keepdim: true);
        return (kept.div(sum), tokens);
    }
}
