using Dlm.Runtime.Averaging;
using Dlm.Runtime.Display;
using Dlm.Runtime.Distributed;
using Dlm.Runtime.Schedules;

namespace Dlm.Runtime.Training;

/// <summary>How long to train, and what to do on the way.</summary>
public sealed record TrainerOptions
{
    /// <summary>How many times to go through the training data.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>End after so many steps, even within an epoch.</summary>
    public long? Steps { get; init; }

    /// <summary>End after so much time, with a checkpoint.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>End when a score of the validation no longer becomes better.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Validate every so many steps, beside the end of each epoch. What does best becomes the best checkpoint, within an epoch too.</summary>
    public long? EvaluateEverySteps { get; init; }

    /// <summary>A mean of the weights, which validation, checkpoints and the trained network have: <c>new ExponentialAverage(0.999)</c>.</summary>
    public WeightAveraging? Averaging { get; init; }

    /// <summary>How the learning rates change in the course of the run; without it they stay.</summary>
    public ISchedule? Schedule { get; init; }

    /// <summary>How many batches share one update of the parameters.</summary>
    public int AccumulateBatches { get; init; } = 1;

    /// <summary>The largest norm the gradients may have.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>The largest size that each gradient may have by itself; where the norm is limited too, this comes first.</summary>
    public double? ClipValue { get; init; }

    /// <summary>In what type linear and convolution layers compute while training; weights, norms and losses stay in 32 bits.</summary>
    public Precision Precision { get; init; }

    /// <summary>Let a GPU round the factors of float32 products to TF32, which is several times faster (on).</summary>
    public bool Tf32 { get; init; } = true;

    /// <summary>
    /// Look at each loss and each gradient before the parameters change by it, and stop where one is infinite or not a number. On a CPU losses are
    /// looked at anyway; on a GPU each look waits for the device.
    /// </summary>
    public bool DetectAnomaly { get; init; }

    /// <summary>Where checkpoints go; without it none are written.</summary>
    public string? CheckpointFolder { get; init; }

    /// <summary>How many checkpoints are kept, the newest; beside them the one that did best in validation.</summary>
    public int KeepCheckpoints { get; init; } = 3;

    /// <summary>The score of the validation that says which checkpoint is the best: of a loss the lowest, of a metric the highest or what it calls better. Without it, the first loss.</summary>
    public string? BestBy { get; init; }

    /// <summary>Where to train: <c>Placement.Auto</c> takes a GPU where there is one. Without it the networks stay where they are.</summary>
    public Placement? Placement { get; init; }

    /// <summary>
    /// The processes that train together: <c>ProcessGroup.FromEnvironment()</c>. Each goes through its share of the data in batches of the loader's
    /// size, so that n processes with batches of b make the steps of one with batches of n times b; the first alone shows and writes.
    /// </summary>
    public ProcessGroup? Distributed { get; init; }

    /// <summary>The recipe that the run follows, in words of the program's own; its checkpoints keep it.</summary>
    public string? Recipe { get; init; }

    /// <summary>Write a checkpoint every so many steps, beside the one at the end of each epoch.</summary>
    public long? CheckpointEverySteps { get; init; }

    /// <summary>What the user types to go on from a checkpoint whose path is given; said when a run is interrupted.</summary>
    public Func<string, string>? ResumeCommand { get; init; }

    /// <summary>Let Ctrl-C and SIGTERM finish the step and write a checkpoint; a second Ctrl-C ends at once.</summary>
    public bool HandleSignals { get; init; } = true;

    /// <summary>Where progress is shown; without it, on the console: a bar on a terminal, plain lines elsewhere.</summary>
    public ITrainingDisplay? Display { get; init; }

    /// <summary>The processes, where there are several.</summary>
    internal ProcessGroup? Together => Distributed is { Size: > 1 } ? Distributed : null;
}
