using Dlm.Runtime.Averaging;
using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using Dlm.Runtime.Display;
using Dlm.Runtime.Distributed;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Runtime.Training;

/// <summary>Trains and judges networks: takes batches from loaders, gives them to an objective, keeps books and checkpoints.</summary>
/// <remarks>
/// With the same random state (<c>torch.manual_seed</c>, set before the network is made), sampler seed, machine and number of
/// threads, a run repeats itself bit for bit; so does one that was interrupted and resumed.
/// </remarks>
public sealed partial class Trainer
{
    private static int _saidHowOptimizersStep;
    private volatile object? _stop;

    /// <summary>Makes a trainer.</summary>
    /// <param name="objective">What it works at.</param>
    /// <param name="options">How long to train, and what to do on the way.</param>
    public Trainer(Objective objective, TrainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Objective = objective;
        Options = options ?? new TrainerOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Options.Epochs, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Options.AccumulateBatches, nameof(options));
        if (Options.EvaluateEverySteps is { } every) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(every, nameof(options));
        Options.Placement?.Place(objective, Options.Together);
        BestBy = ScoreOrder.Of(objective, Options.BestBy, "which checkpoint is the best");
        StopBy = ScoreOrder.Of(objective, Options.EarlyStopping?.Score ?? Options.BestBy, "when to stop");
    }

    /// <summary>What the trainer works at.</summary>
    public Objective Objective { get; }

    /// <summary>How long to train, and what to do on the way.</summary>
    public TrainerOptions Options { get; }

    /// <summary>What else is done at points of a run, in this order.</summary>
    public IList<ICallback> Callbacks { get; } = [];

    /// <summary>By what the best checkpoint is chosen.</summary>
    internal ScoreOrder BestBy { get; }

    /// <summary>By what a run is stopped early.</summary>
    internal ScoreOrder StopBy { get; }

    /// <summary>The mean of the weights that the run at work keeps, if it keeps one.</summary>
    internal AveragedWeights? Averages { get; set; }

    /// <summary>Why the run shall end after the step at work, if it shall.</summary>
    internal StopReason? StopRequested => (StopReason?)_stop;

    /// <summary>Trains.</summary>
    /// <param name="training">The data to learn from.</param>
    /// <param name="validation">The data to judge by after each epoch, and within epochs where the options ask for it.</param>
    /// <param name="resumeFrom">A checkpoint to go on from, or a folder of them, whose newest is taken.</param>
    /// <returns>How it ended and what was measured.</returns>
    /// <exception cref="NonFiniteLossException">A loss became infinite or not a number.</exception>
    /// <exception cref="DataLoadingException">The data set failed to read a batch.</exception>
    /// <exception cref="CheckpointException">A checkpoint cannot be read, does not fit this run, or cannot be written.</exception>
    public FitResult Fit(DataLoader training, DataLoader? validation = null, string? resumeFrom = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (Options.EvaluateEverySteps is not null && validation is null) throw new ArgumentException("EvaluateEverySteps asks for validation data. Give it to Fit.", nameof(validation));
        ITrainingDisplay display = OpenDisplay();
        _stop = null;
        try
        {
            return Run(training, validation, resumeFrom, display);
        }
        catch (Exception e) when (Options.Together is not null && e is not DistributedException)
        {
            if (Options.Together.Announce(e)) throw;
            throw new DistributedException(e.Message, e) { SaidElsewhere = true };
        }
    }

    private FitResult Run(DataLoader training, DataLoader? validation, string? resumeFrom, ITrainingDisplay display)
    {
        (Objective as Supervised)?.Expect(training.Dataset);
        SayHowOptimizersStep(display);
        using MixedPrecision? mixed = MixedPrecision.Begin(Objective, Options.Precision);
        using Tf32? tf32 = Options.Tf32 ? new Tf32() : null;
        using TrainingRun run = new(this, training, validation, display);
        if (resumeFrom is not null)
        {
            using CheckpointState state = CheckpointFolder.Read(resumeFrom);
            run.Load(state);
        }

        using SignalTrap? trap = Options.HandleSignals ? new SignalTrap(() => Stop(StopReason.Interrupted)) : null;
        FitResult? result = null;
        try
        {
            display.Run(() => result = run.Fit());
        }
        catch (Exception e)
        {
            run.TellFailure(e);
            throw;
        }

        run.SayHowItEnded();
        foreach (ICallback callback in Callbacks) callback.FitEnded(this, result!);
        return result!;
    }

    /// <summary>Ends training after the step at work, with a checkpoint. May be called from any thread.</summary>
    public void Stop() => Stop(StopReason.Stopped);

    /// <summary>Where the first network's parameters are: batches are brought there.</summary>
    internal Device? Device => Objective.Networks.SelectMany(n => n.Network.parameters()).FirstOrDefault()?.device;

    internal void Stop(StopReason reason) => Interlocked.CompareExchange(ref _stop, reason, null);

    /// <summary>Makes the wish of one process to stop the wish of all.</summary>
    internal void AgreeToStop(ProcessGroup group)
    {
        const int None = -1;
        long agreed = group.Max(StopRequested is { } own ? (long)own : None);
        if (agreed != None) Stop((StopReason)agreed);
    }

    private ITrainingDisplay OpenDisplay() => Options.Together is { IsFirst: false } ? new SilentDisplay() : Options.Display ?? ConsoleDisplay.Create();

    // Once in a process: it is nothing that changes.
    private static void SayHowOptimizersStep(ITrainingDisplay display)
    {
        if (Optimizer.WhyNotFused is not { } why || Interlocked.Exchange(ref _saidHowOptimizersStep, 1) != 0) return;
        display.Say($"Optimizers step by tensor operations, as there is no native pass: {why}.");
    }
}
