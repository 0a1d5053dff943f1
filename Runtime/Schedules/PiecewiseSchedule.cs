namespace Dlm.Runtime.Schedules;

/// <summary>Rates one after another, each for a while: 0.1 * 80 epochs, 0.01 * 40. The last one stays.</summary>
public sealed class PiecewiseSchedule : ISchedule
{
    private readonly IReadOnlyList<(double Rate, Period Length)> _pieces;

    /// <summary>Makes one of rates and how many epochs each lasts. The first is the rate that the optimizer is made with.</summary>
    /// <inheritdoc cref="PiecewiseSchedule(IReadOnlyList{ValueTuple{double, Period}})"/>
    public PiecewiseSchedule(params IReadOnlyList<(double Rate, double Epochs)> pieces)
        : this([.. (pieces ?? throw new ArgumentNullException(nameof(pieces))).Select(piece => (piece.Rate, Period.Epochs(piece.Epochs)))])
    {
        Epochs = pieces.Sum(piece => piece.Epochs);
    }

    /// <summary>Makes one of rates and how long each lasts. The first is the rate that the optimizer is made with.</summary>
    /// <param name="pieces">The rates with their lengths.</param>
    /// <exception cref="ArgumentException">There is none, or the first rate is not above zero.</exception>
    public PiecewiseSchedule(params IReadOnlyList<(double Rate, Period Length)> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        if (pieces.Count == 0 || pieces[0].Rate <= 0) throw new ArgumentException("A piecewise schedule begins with a rate above zero.", nameof(pieces));
        _pieces = pieces;
    }

    /// <summary>The first rate, which the optimizer is made with.</summary>
    public double Rate => _pieces[0].Rate;

    /// <summary>How many epochs the pieces last together; null where they are not all counted in epochs.</summary>
    public double? Epochs { get; }

    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at)
    {
        double end = 0;
        foreach ((double rate, Period length) in _pieces)
        {
            end += length.In(at);
            if (at.Step < end) return rate / Rate;
        }

        return _pieces[^1].Rate / Rate;
    }
}
