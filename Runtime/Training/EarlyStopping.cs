using System.Globalization;

namespace Dlm.Runtime.Training;

/// <summary>
/// Ends a run that no longer becomes better: when a score of the validation has not improved for some validations in a row, those within
/// epochs (<see cref="TrainerOptions.EvaluateEverySteps"/>) counted. Without validation data it goes by the training scores of the epochs.
/// </summary>
/// <remarks>
/// It restores nothing: the network keeps the weights of the last step. Those that did best are in <see cref="FitResult.Best"/>, which the
/// run names when it stops. A run that is resumed counts on from where it was.
/// </remarks>
public sealed record EarlyStopping
{
    /// <summary>Makes one.</summary>
    /// <param name="score">The score to go by, a loss or a metric; without one, that of <see cref="TrainerOptions.BestBy"/>.</param>
    /// <param name="patience">How many validations in a row may bring no improvement; the run ends with that many.</param>
    /// <param name="minimumImprovement">By how much a score must be better than the best so far to count as an improvement.</param>
    public EarlyStopping(string? score = null, int patience = 5, double minimumImprovement = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(minimumImprovement);
        (Score, Patience, MinimumImprovement) = (score, patience, minimumImprovement);
    }

    /// <summary>The score to go by.</summary>
    public string? Score { get; }

    /// <summary>How many validations in a row may bring no improvement.</summary>
    public int Patience { get; }

    /// <summary>By how much a score must be better to count as an improvement.</summary>
    public double MinimumImprovement { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Score ?? "the best's score"}, patience {Patience}, minimum improvement {MinimumImprovement}");

    /// <summary>How many of the last validations brought no improvement, and the last that did; all that is known is in the history.</summary>
    internal (int Without, long Step, double Best) Judge(IEnumerable<(long Step, Scores Scores)> validations, ScoreOrder order)
    {
        (int without, long step, double best) = (0, 0, double.NaN);
        foreach ((long at, Scores scores) in validations)
        {
            double value = scores[order.Name];
            if (order.IsBetter(value, best, MinimumImprovement)) (without, step, best) = (0, at, value);
            else without++;
        }

        return (without, step, best);
    }
}
