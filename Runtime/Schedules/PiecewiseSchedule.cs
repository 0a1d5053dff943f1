namespace Dlm.Runtime.Schedules;

/// <summary>Rates one after another, each for so many epochs: 0.1 * 80, 0.01 * 40. The last one stays.</summary>
public sealed class PiecewiseSchedule : ISchedule
{
    private readonly IReadOnlyList<(double Rate, double Epochs)> _pieces;

    /// <summary>Makes one.</summary>
    /// <param name="pieces">The rates and how many epochs each lasts. The first is the rate that the optimizer is made with.</param>
    /// <exception cref="ArgumentException">There is none, or the first rate is not above zero.</exception>
    public PiecewiseSchedule(params IReadOnlyList<(double Rate, double Epochs)> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        if (pieces.Count == 0 || pieces[0].Rate <= 0) throw new ArgumentException("A piecewise schedule begins with a rate above zero.", nameof(pieces));
        _pieces = pieces;
    }

    /// <summary>The first rate, which the optimizer is made with.</summary>
    public double Rate => _pieces[0].Rate;

    /// <summary>How many epochs the pieces last together.</summary>
    public double Epochs => _pieces.Sum(piece => piece.Epochs);

    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at)
    {
        double end = 0;
        foreach ((double rate, double epochs) in _pieces)
        {
            end += epochs * at.StepsPerEpoch;
            if (at.Step < end) return rate / Rate;
        }

        return _pieces[^1].Rate / Rate;
    }
}
