namespace Dlm.Runtime.Schedules;

/// <summary>
/// Falls along half a cosine and starts again at the top, with ever longer falls (SGDR: Loshchilov and Hutter, 2017, section 3), as
/// <c>torch.optim.lr_scheduler.CosineAnnealingWarmRestarts</c> does.
/// </summary>
/// <param name="first">How long the first fall takes.</param>
/// <param name="stretch">How much longer each fall is than the one before; at least 1.</param>
/// <param name="floor">What it falls to, as a share of the highest rate.</param>
public sealed class CosineRestartsSchedule(Period first, double stretch = 1, double floor = 0) : ISchedule
{
    private readonly double _stretch = stretch >= 1 ? stretch : throw new ArgumentOutOfRangeException(nameof(stretch), stretch, "stretch is at least 1.");

    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at)
    {
        double length = Math.Max(1, first.In(at)), within;
        if (_stretch == 1)
        {
            within = at.Step % length;
        }
        else
        {
            // The falls so far take length * (stretch^n - 1) / (stretch - 1) steps; the added hair keeps exact powers from being rounded down.
            double falls = Math.Floor(Math.Log(at.Step / length * (_stretch - 1) + 1, _stretch) + 1e-9);
            within = at.Step - length * (Math.Pow(_stretch, falls) - 1) / (_stretch - 1);
            length *= Math.Pow(_stretch, falls);
        }

        return CosineSchedule.Between(1, floor, within / length);
    }
}
