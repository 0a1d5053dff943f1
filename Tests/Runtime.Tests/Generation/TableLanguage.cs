using Dlm.Runtime.Generation;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Generation;

/// <summary>A language of which everything is known: what may follow depends on the last token, and the more so the further on it is.</summary>
internal static class TableLanguage
{
    public const int Count = 4;

    /// <summary>The token that ends a text.</summary>
    public const long End = 3;

    // Without it, many texts would be equally likely.
    private const double Sharper = 0.07;

    // Logits of the next token, a row for each last one.
    private static readonly double[,] Table =
    {
        { 0.1, 1.3, 0.4, 0.2 },
        { 1.1, -0.7, 0.9, 0.5 },
        { 0.3, 0.8, -1.4, 1.2 },
        { 0.6, 0.2, 0.7, -0.3 },
    };

    public static RereadingDecoder Decoder(long capacity = long.MaxValue) => new(
        tokens =>
        {
            using var scope = NewDisposeScope();
            var rows = tensor(Table).index_select(0, tokens.flatten()).reshape(tokens.shape[0], tokens.shape[1], Count);
            return (rows * (1 + Sharper * arange(tokens.shape[1], ScalarType.Float64)).unsqueeze(1)).MoveToOuterDisposeScope();
        },
        capacity);

    private static double LogProbability(int place, long last, long next)
    {
        double sharpness = 1 + Sharper * place, sum = Enumerable.Range(0, Count).Sum(token => Math.Exp(Table[last, token] * sharpness));
        return Table[last, next] * sharpness - Math.Log(sum);
    }

    /// <summary>Every way to go on with at most so many tokens, with its log-probability and whether it has ended.</summary>
    public static IEnumerable<(long[] Tokens, double LogProbability, bool HasEnded)> Texts(long[] prompt, int count, long? end)
    {
        return Grow([], 0, prompt[^1]);

        IEnumerable<(long[], double, bool)> Grow(long[] tokens, double logProbability, long before)
        {
            if (tokens.Length == count) return [(tokens, logProbability, false)];
            int place = prompt.Length - 1 + tokens.Length;
            return Enumerable.Range(0, Count).SelectMany(token => token == end
                ? [(tokens, logProbability + LogProbability(place, before, token), true)]
                : Grow([.. tokens, token], logProbability + LogProbability(place, before, token), token));
        }
    }
}
