namespace Dlm.Runtime.Training;

/// <summary>What a validation came to, at the end of an epoch or within one.</summary>
/// <param name="Epoch">The epoch it was made in, counted from 1.</param>
/// <param name="Step">How many steps had been made.</param>
/// <param name="Scores">The scores over the validation samples.</param>
public sealed record Evaluation(int Epoch, long Step, Scores Scores);
