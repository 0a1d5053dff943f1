using System.Globalization;

namespace Dlm.Runtime.Schedules;

/// <summary>A length of training: in steps, in epochs, or as a share of the run.</summary>
public readonly record struct Period
{
    private readonly double _amount;
    private readonly Unit _unit;

    private Period(double amount, Unit unit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        (_amount, _unit) = (amount, unit);
    }

    private enum Unit
    {
        Steps,
        Epochs,
        Share,
    }

    /// <summary>So many updates of the parameters.</summary>
    public static Period Steps(long count) => new(count, Unit.Steps);

    /// <summary>So many times through the training data.</summary>
    public static Period Epochs(double count) => new(count, Unit.Epochs);

    /// <summary>A share of the whole run, from 0 to 1.</summary>
    public static Period Share(double share)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        return new Period(share, Unit.Share);
    }

    /// <summary>How many steps that is in a run; not always a whole number.</summary>
    public double In(ScheduleTime run) => _unit switch
    {
        Unit.Steps => _amount,
        Unit.Epochs => _amount * run.StepsPerEpoch,
        _ => _amount * run.Steps,
    };

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_amount} {_unit switch { Unit.Steps => "steps", Unit.Epochs => "epochs", _ => "of the run" }}");
}
