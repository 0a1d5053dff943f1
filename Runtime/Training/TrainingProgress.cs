namespace Dlm.Runtime.Training;

/// <summary>Where a training run stands.</summary>
public sealed class TrainingProgress
{
    /// <summary>The epoch at work, counted from 0.</summary>
    public int Epoch { get; internal set; }

    /// <summary>How many epochs there will be.</summary>
    public int Epochs { get; internal init; }

    /// <summary>How many batches of this epoch are done.</summary>
    public long Batch { get; internal set; }

    /// <summary>How many batches an epoch has.</summary>
    public long BatchesPerEpoch { get; internal init; }

    /// <summary>How many times the parameters have been changed.</summary>
    public long Step { get; internal set; }

    /// <summary>What a sample is called, in the plural.</summary>
    public string SampleNoun { get; internal init; } = "samples";

    /// <summary>What has been measured.</summary>
    public TrainingHistory History { get; internal init; } = new(["loss"]);

    /// <summary>How far the validation or test at work is; null where none is.</summary>
    public EvaluationProgress? Evaluating { get; internal set; }

    /// <summary>By what recipe the run trains: name and value.</summary>
    public IReadOnlyList<(string Name, string Value)> Recipe { get; internal init; } = [];

    /// <summary>What keeps the losses of this epoch.</summary>
    internal LossRecorder? Losses { get; init; }

    /// <summary>The scores of this epoch's samples so far, as of the last time they were shown.</summary>
    public Scores Scores { get; internal set; } = new([]);

    /// <summary>How many samples go through in a second.</summary>
    public double SamplesPerSecond { get; internal set; }

    /// <summary>The share of this epoch's time that training stood waiting for data.</summary>
    public double DataShare { get; internal set; }

    /// <summary>How long the rest of the run will take, once that can be told.</summary>
    public TimeSpan? TimeLeft { get; internal set; }
}

/// <summary>How far a validation or a test is.</summary>
/// <param name="Activity">What is done: "validating", "testing".</param>
/// <param name="Batch">How many batches are done.</param>
/// <param name="Batches">How many there are.</param>
public readonly record struct EvaluationProgress(string Activity, long Batch, long Batches);
