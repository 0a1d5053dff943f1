using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Schedules;

/// <summary>
/// Falls by one factor when a score has not become better for some epochs, as <c>torch.optim.lr_scheduler.ReduceLROnPlateau</c> does.
/// </summary>
/// <remarks>The score is that of the validation data, where the run has any. The object keeps state: give each run its own.</remarks>
public sealed class PlateauSchedule : IFeedbackSchedule
{
    private readonly string _score;
    private readonly double _factor, _threshold, _floor;
    private readonly int _patience, _cooldown;
    private readonly bool _rising, _relative;
    private double _best, _now = 1;
    private long _bad, _rest;

    /// <summary>Makes one.</summary>
    /// <param name="score">The score to go by: "loss", or a metric's name.</param>
    /// <param name="rising">Whether a larger score is better.</param>
    /// <param name="factor">What the rates are multiplied by each time.</param>
    /// <param name="patience">How many epochs in a row may be no better.</param>
    /// <param name="threshold">How much better is better.</param>
    /// <param name="relative">Whether the threshold is a share of the best score rather than a difference to it.</param>
    /// <param name="cooldown">How many epochs after a fall are not judged.</param>
    /// <param name="floor">What it does not fall below.</param>
    public PlateauSchedule(
        string score = "loss", bool rising = false, double factor = 0.1, int patience = 10, double threshold = 1e-4, bool relative = true, int cooldown = 0, double floor = 0)
    {
        if (factor is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(factor), factor, "factor is above 0 and below 1.");
        (_score, _rising, _factor, _patience, _threshold, _relative, _cooldown, _floor) = (score, rising, factor, patience, threshold, relative, cooldown, floor);
        _best = Worst;
    }

    private double Worst => _rising ? double.NegativeInfinity : double.PositiveInfinity;

    /// <inheritdoc/>
    public double FactorAt(ScheduleTime at) => _now;

    /// <inheritdoc/>
    public void EpochEnded(EpochSummary epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        Observe((epoch.Validation ?? epoch.Training)[_score]);
    }

    /// <summary>Takes note of a score, for a loop of one's own.</summary>
    public void Observe(double score)
    {
        if (IsBetter(score)) (_best, _bad) = (score, 0);
        else _bad++;

        if (_rest > 0) (_rest, _bad) = (_rest - 1, 0);
        if (_bad <= _patience) return;
        _now = Math.Max(_now * _factor, _floor);
        (_rest, _bad) = (_cooldown, 0);
    }

    /// <inheritdoc/>
    public void Save(CheckpointState state, string prefix)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set($"{prefix}/best", _best);
        state.Set($"{prefix}/factor", _now);
        state.Set($"{prefix}/bad", _bad);
        state.Set($"{prefix}/rest", _rest);
    }

    /// <inheritdoc/>
    public void Load(CheckpointState state, string prefix)
    {
        ArgumentNullException.ThrowIfNull(state);
        (_best, _now) = (state.Number($"{prefix}/best"), state.Number($"{prefix}/factor"));
        (_bad, _rest) = (state.Integer($"{prefix}/bad"), state.Integer($"{prefix}/rest"));
    }

    private bool IsBetter(double score) => (_rising, _relative) switch
    {
        (false, true) => score < _best * (1 - _threshold),
        (false, false) => score < _best - _threshold,
        (true, true) => score > _best * (1 + _threshold),
        (true, false) => score > _best + _threshold,
    };
}
