using System.Collections;

namespace Dlm.Runtime.Training;

/// <summary>One number about a network.</summary>
/// <param name="Name">What it is: "loss", "accuracy".</param>
/// <param name="Value">The number.</param>
/// <param name="IsShare">Whether it is a share of 1, shown in per cent.</param>
public readonly record struct Score(string Name, double Value, bool IsShare);

/// <summary>The losses and metrics of a network over some data: losses first, averaged over the samples.</summary>
/// <param name="scores">The numbers.</param>
public sealed class Scores(IEnumerable<Score> scores) : IReadOnlyList<Score>
{
    private readonly Score[] _scores = [.. scores];

    /// <inheritdoc/>
    public int Count => _scores.Length;

    /// <inheritdoc/>
    public Score this[int index] => _scores[index];

    /// <summary>The number called <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public double this[string name]
    {
        get
        {
            foreach (Score score in _scores)
            {
                if (score.Name == name) return score.Value;
            }

            throw new KeyNotFoundException($"There is no score '{name}', only {string.Join(", ", _scores.Select(s => $"'{s.Name}'"))}.");
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Score> GetEnumerator() => _scores.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
