namespace Dlm.Runtime.Training;

/// <summary>What an epoch came to.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Step">How many steps had been made at its end.</param>
/// <param name="Training">The scores over the training samples, while they were learnt from.</param>
/// <param name="Validation">The scores over the validation samples afterwards, if there are any.</param>
/// <param name="SamplesPerSecond">How many training samples went through in a second.</param>
/// <param name="DataShare">The share of the time that training stood waiting for data.</param>
/// <param name="Duration">The time it took, without validation.</param>
public sealed record EpochSummary(
    int Epoch, long Step, Scores Training, Scores? Validation, double SamplesPerSecond, double DataShare, TimeSpan Duration);
