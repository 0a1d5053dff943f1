using System.Diagnostics;
using System.Globalization;
using Dlm.Runtime.Averaging;
using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using Dlm.Runtime.Diagnosis;
using Dlm.Runtime.Display;
using Dlm.Runtime.Distributed;
using Dlm.Runtime.FineTuning;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Runtime.Training;

/// <summary>One call of <see cref="Trainer.Fit"/>: the loop, and where it stands.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly Trainer _trainer;
    private readonly DataShare _share;
    private readonly DataLoader _training;
    private readonly DataLoader? _validation;
    private readonly ITrainingDisplay _display;
    private readonly CheckpointFolder? _checkpoints;
    private readonly LossRecorder _losses;
    private readonly LossWatch _watch;
    private readonly IMetric[] _metrics;
    private readonly AveragedWeights? _averages;
    private readonly DataParallel? _parallel;
    private readonly Device? _device;
    private readonly TrainingHistory _history;
    private readonly TrainingProgress _progress;
    private readonly long _steps, _stepsPerEpoch;
    private readonly long _started = Stopwatch.GetTimestamp();
    private RateMeter _rate = new();
    private TimeSpan _evaluating;
    private string? _lastCheckpoint;
    private readonly Dictionary<ICallback, long> _told = [];
    private TimeSpan _between;
    private bool _running;
    private long _lastShown;
    private long _samples;

    public TrainingRun(Trainer trainer, DataLoader training, DataLoader? validation, ITrainingDisplay display)
    {
        _share = new DataShare(training, trainer.Options.Together, trainer.Options.AccumulateBatches);
        (_trainer, _training, _validation, _display) = (trainer, training = _share.Loader, validation, display);
        _checkpoints = Options.CheckpointFolder is { } folder ? new CheckpointFolder(folder, Options.KeepCheckpoints) : null;
        _history = new TrainingHistory(trainer.Objective.LossNames, [.. trainer.Objective.Optimizers.Select(optimizer => optimizer.Name)])
        {
            BatchesPerEpoch = training.BatchesPerEpoch, BatchesPerStep = Options.AccumulateBatches,
        };
        _losses = new LossRecorder(trainer.Objective.LossNames, _history.Record);
        _metrics = [.. trainer.Objective.Metrics.Select(metric => metric.Fresh())];
        _device = trainer.Device;
        _watch = new LossWatch(losses: _device is null || _device.type == DeviceType.CPU || Options.DetectAnomaly, gradients: Options.DetectAnomaly);
        _stepsPerEpoch = (training.BatchesPerEpoch + Options.AccumulateBatches - 1) / Options.AccumulateBatches;
        _steps = Math.Min(Options.Epochs * _stepsPerEpoch, Options.Steps ?? long.MaxValue);
        _progress = new TrainingProgress
        {
            Epochs = (int)Math.Min(Options.Epochs, (_steps + _stepsPerEpoch - 1) / _stepsPerEpoch), BatchesPerEpoch = training.BatchesPerEpoch, SampleNoun = training.Dataset.SampleNoun, History = _history, Losses = _losses,
            Recipe = RunRecipe.Of(trainer.Objective, _share.Whole, Options),
        };
        if (Group is not null)
        {
            _parallel = new DataParallel(Group, trainer.Objective.Networks, trainer.Objective.Optimizers.Select(optimizer => optimizer.Optimizer));
            RandomState.Part(Group);
        }

        trainer.Averages = _averages = Options.Averaging is null ? null : new AveragedWeights(trainer.Objective);
    }

    private TrainerOptions Options => _trainer.Options;

    // The processes that train together, where there are several.
    private ProcessGroup? Group => Options.Together;

    // A wish to stop that came during the last step changes nothing any more.
    private StopReason Reason => _progress.Epoch >= Options.Epochs ? StopReason.Finished : _trainer.StopRequested ?? StopReason.Finished;

    public FitResult Fit()
    {
        foreach ((_, nn.Module network) in _trainer.Objective.Networks)
        {
            if (network.training) continue;
            network.train();
            Freezing.KeepFrozenInEvaluation(network);
        }

        _between = _trainer.Callbacks.Select(callback => callback.Between).Append(_display.Between).Min();
        _lastShown = Stopwatch.GetTimestamp();
        foreach (ICallback callback in _trainer.Callbacks) _told[callback] = _lastShown;
        foreach (ICallback callback in _trainer.Callbacks) callback.FitStarted(_trainer, _progress);
        _running = true;
        StopWhereNothingImproves();
        try
        {
            while (_progress.Epoch < Options.Epochs && !Ended()) RunEpoch();
        }
        catch (NonFiniteLossException e) when (!e.IsExplained)
        {
            using Batch batch = Moved(_training.Read(e.Indices, _progress.Epoch));
            throw Report.Afterwards(e, batch);
        }

        _averages?.ChangePlaces();
        Group?.Barrier(); // then all that was written is there for everybody
        return new FitResult(Reason, _progress.Step, _history, _lastCheckpoint, Best, Stopwatch.GetElapsedTime(_started));
    }

    /// <summary>Goes on where a checkpoint was written.</summary>
    public void Load(CheckpointState state)
    {
        RunState.Load(state, _trainer.Objective, _share, Options, _progress, _losses, _metrics, _averages);
        _lastCheckpoint = state.Path;
        foreach (string difference in RunRecipe.Differences(state, _trainer.Objective, _share.Whole, Options)) _display.Say($"Resuming with another recipe: {difference}.");
    }

    /// <summary>Tells the callbacks that know of the run what ended it.</summary>
    public void TellFailure(Exception error)
    {
        if (!_running) return;
        foreach (ICallback callback in _trainer.Callbacks) callback.FitFailed(_trainer, _progress, error);
    }

    /// <summary>Where a run was stopped before its end, says so, and how to go on.</summary>
    public void SayHowItEnded()
    {
        if (Reason == StopReason.Finished) return;
        string why = Reason switch
        {
            StopReason.Interrupted => "Interrupted",
            StopReason.TimeUsedUp => "The time is used up: stopped",
            StopReason.NoImprovement => "Stopped early",
            _ => "Stopped",
        };
        _display.Say($"{why} after step {_progress.Step}, in epoch {Math.Min(_progress.Epoch + 1, _progress.Epochs)} of {_progress.Epochs}.");
        if (Reason == StopReason.NoImprovement) SayWhatDidNotImprove();
        if (_lastCheckpoint is null) _display.Say("No checkpoint was written, as no folder for checkpoints is set.");
        else _display.Say($"Checkpoint: {_lastCheckpoint}");
        if (_lastCheckpoint is not null && Options.ResumeCommand is { } command) _display.Say($"To go on: {command(_lastCheckpoint)}");
    }

    public void Dispose()
    {
        _trainer.Averages = null;
        _averages?.Dispose();
        _watch.Dispose();
        _parallel?.Dispose();
        _losses.Dispose();
        foreach (IMetric metric in _metrics) metric.Dispose();
    }

    private void RunEpoch()
    {
        long start = Stopwatch.GetTimestamp(), samples = _samples;
        _evaluating = TimeSpan.Zero;
        Mark();
        using (BatchStream stream = _training.Epoch(_progress.Epoch, _progress.Batch))
        {
            while (!Ended() && stream.TryNext(out Batch? batch))
            {
                RunBatch(batch);
                if (Stopwatch.GetElapsedTime(_lastShown) > _between)
                {
                    Show(stream.Waited / Training());
                    TellLosses();
                }
            }

            Show(stream.Waited / Training());
        }

        if (Group is not null) _progress.Scores = Whole();
        if (_progress.Batch < _progress.BatchesPerEpoch)
        {
            SaveCheckpoint();
            return;
        }

        TimeSpan duration = Training();
        Scores? scores = _validation is null ? null : Evaluate(_validation);
        EpochSummary summary = new(
            _progress.Epoch + 1, _progress.Step, _progress.Scores, scores, (_samples - samples) * _share.Processes / duration.TotalSeconds, _progress.DataShare, duration);
        _history.Add(summary);
        (Options.Schedule as IFeedbackSchedule)?.EpochEnded(summary);
        _progress.Epoch++;
        _progress.Batch = 0;
        _losses.Reset();
        foreach (IMetric metric in _metrics) metric.Reset();
        SaveCheckpoint();
        _display.ShowEpoch(_progress, summary);
        foreach (ICallback callback in _trainer.Callbacks) callback.EpochEnded(_trainer, _progress, summary);
        StopWhereNothingImproves();

        TimeSpan Training() => Stopwatch.GetElapsedTime(start) - _evaluating;
    }

    private void RunBatch(Batch near)
    {
        using Batch batch = Moved(near);
        long first = _progress.Batch - _progress.Batch % Options.AccumulateBatches;
        long sharing = Math.Min(Options.AccumulateBatches, _progress.BatchesPerEpoch - first);
        bool update = _progress.Batch == first + sharing - 1;
        if (Options.Schedule is { } schedule)
        {
            double factor = schedule.FactorAt(new ScheduleTime(_progress.Step, _steps, _stepsPerEpoch));
            foreach ((_, Optimizer optimizer) in _trainer.Objective.Optimizers) optimizer.RateFactor = factor;
        }

        if (_progress.Batch == first) _parallel?.BroadcastBuffers();
        try
        {
            using var scope = NewDisposeScope();
            _watch.StepStarts();
            Tensor[] losses = _trainer.Objective.TrainStep(batch, _metrics, new StepPlan(1.0 / sharing, update, Options.ClipNorm) { ClipValue = Options.ClipValue, Watch = _watch });
            _losses.Add(losses, batch, _progress.Step + 1, _progress.Epoch, _progress.Batch);
        }
        catch (NonFiniteNumber e)
        {
            _losses.Flush(); // those before it are known then
            throw Report.AtOnce(e, batch, _progress);
        }

        _samples += batch.Count;
        _progress.Batch++;
        _history.BatchMade();
        if (!update) return;
        _progress.Step++;
        _history.StepMade(_progress.Epoch + 1, _trainer.Objective.Optimizers.Select(o => o.Optimizer.Groups[0].Rate * o.Optimizer.RateFactor));
        if (Options.Averaging is { } averaging && averaging.IsDue(_progress)) _averages!.Take(averaging.ShareOfNew);
        foreach (ICallback callback in _trainer.Callbacks) callback.StepEnded(_trainer, _progress);
        if (_progress.Batch < _progress.BatchesPerEpoch) LookBackWithinEpoch();
    }

    private NonFiniteReport Report => new(_trainer.Objective, _watch, _lastCheckpoint);

    private Batch Moved(Batch near) => _device is null ? near : near.To(_device);

    // At an epoch's end all of this is done anyway.
    private void LookBackWithinEpoch()
    {
        bool evaluates = _progress.Step % Options.EvaluateEverySteps == 0;
        if (evaluates)
        {
            Evaluate(_validation!);
            StopWhereNothingImproves();
        }

        if (_progress.Step % Options.CheckpointEverySteps == 0 || (evaluates && BestStep() == _progress.Step)) SaveCheckpoint();
    }

    private Scores Evaluate(DataLoader validation)
    {
        long start = Stopwatch.GetTimestamp();
        Evaluation evaluation = new(_progress.Epoch + 1, _progress.Step, _trainer.Evaluate(validation, [], batch => ShowEvaluation(batch, validation.BatchesPerEpoch)));
        _progress.Evaluating = null;
        _history.Add(evaluation);
        foreach (ICallback callback in _trainer.Callbacks) callback.Evaluated(_trainer, _progress, evaluation);
        _evaluating += Stopwatch.GetElapsedTime(start);
        _rate = new RateMeter();
        Mark();
        return evaluation.Scores;
    }

    private void ShowEvaluation(long batch, long batches)
    {
        if (batch > 0 && Stopwatch.GetElapsedTime(_lastShown) <= _display.Between) return;
        _progress.Evaluating = new EvaluationProgress("validating", batch, batches);
        _display.Show(_progress);
        _lastShown = Stopwatch.GetTimestamp();
    }

    private void StopWhereNothingImproves()
    {
        if (Options.EarlyStopping is { } stopping && stopping.Judge(Validations(), _trainer.StopBy).Without >= stopping.Patience) _trainer.Stop(StopReason.NoImprovement);
    }

    private void SayWhatDidNotImprove()
    {
        (int without, long step, double best) = Options.EarlyStopping!.Judge(Validations(), _trainer.StopBy);
        string judged = $"{without} {(_validation is null ? "epochs" : "validations")}";
        string name = (_validation is null ? "" : "validation ") + _trainer.StopBy.Name;
        _display.Say(double.IsNaN(best)
            ? $"The {name} has been no number for {judged}."
            : string.Create(CultureInfo.InvariantCulture, $"The {name} has not become better than {best:0.######}, of step {step}, for {judged}."));
        string has = _averages is { Count: > 0 } ? "the mean of its weights as of the last step" : "the weights of the last step";
        _display.Say(Best is { } path ? $"The network has {has}; the best are in {path}" : $"The network has {has}; no others were kept.");
    }

    private IEnumerable<(long Step, Scores Scores)> Validations() => _validation is null
        ? _history.Epochs.Select(epoch => (epoch.Step, epoch.Training))
        : _history.Evaluations.Select(evaluation => (evaluation.Step, evaluation.Scores));

    // Between batches that share an update there is no stopping, for the gradients added up so far are in no checkpoint.
    private bool Ended()
    {
        if (_progress.Batch % Options.AccumulateBatches != 0) return false;
        if (_progress.Step >= Options.Steps) _trainer.Stop(StopReason.Finished);
        if (Stopwatch.GetElapsedTime(_started) > Options.Time) _trainer.Stop(StopReason.TimeUsedUp);
        if (Group is not null) _trainer.AgreeToStop(Group);
        return _trainer.StopRequested is not null;
    }

    private void Show(double dataShare)
    {
        _losses.Flush();
        double batches = Mark();
        double left = (_steps - _progress.Step) * (double)Options.AccumulateBatches;
        _progress.Scores = Trainer.ScoresOf(_trainer.Objective.LossNames, _losses.Means, _metrics);
        _progress.DataShare = dataShare;
        _progress.SamplesPerSecond = batches * _share.BatchSize;
        _progress.TimeLeft = batches > 0 ? TimeSpan.FromSeconds(Math.Max(0, left / batches)) : null;
        _display.Show(_progress);
        _lastShown = Stopwatch.GetTimestamp();
    }

    private void TellLosses()
    {
        foreach (ICallback callback in _trainer.Callbacks.Where(callback => Stopwatch.GetElapsedTime(_told.GetValueOrDefault(callback)) > callback.Between))
        {
            callback.LossesRead(_trainer, _progress);
            _told[callback] = Stopwatch.GetTimestamp();
        }
    }

    private double Mark() => _rate.Mark(_progress.Epoch * (double)_progress.BatchesPerEpoch + _progress.Batch);

    private void SaveCheckpoint()
    {
        if (_checkpoints is null) return;
        _losses.Flush();
        using CheckpointState state = new();
        using IDisposable? averages = _averages?.InPlace();
        RunState.Save(state, _trainer.Objective, _share, Options, _progress, _losses, _metrics, _averages);
        _lastCheckpoint = Group is null or { IsFirst: true } ? _checkpoints.Save(state, _progress.Step, BestStep()) : _checkpoints.FileOf(_progress.Step);
    }

    // The scores of what all processes have seen.
    private Scores Whole()
    {
        IMetric[] metrics = [.. _metrics.Select(metric => metric.Whole(Group))];
        (double[] sums, long samples) = _losses.Totals(Group);
        Scores scores = Trainer.ScoresOf(_trainer.Objective.LossNames, [.. sums.Select(sum => sum / samples)], metrics);
        foreach (IMetric metric in metrics) metric.Dispose();
        return scores;
    }

    private string? Best => BestStep() is { } best ? _checkpoints?.Find(best) : null;

    private long? BestStep() => _history.Best(_trainer.BestBy)?.Step;
}
