namespace Dlm.Runtime.Generation;

/// <summary>A way to go on that beam search found.</summary>
/// <param name="Tokens">The tokens behind the prompt, without the one that ends a text.</param>
/// <param name="LogProbability">The logarithm of how likely the network holds them, the end included where it was reached.</param>
/// <param name="Score">That over the length penalty: what hypotheses are ranked by.</param>
/// <param name="HasEnded">Whether the text came to its end, and not only to the most tokens that were asked for.</param>
public sealed record Hypothesis(IReadOnlyList<long> Tokens, double LogProbability, double Score, bool HasEnded);
