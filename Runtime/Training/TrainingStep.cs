namespace Dlm.Runtime.Training;

/// <summary>What is known of one step.</summary>
/// <param name="Step">The step, counted from 1.</param>
/// <param name="Epoch">Its epoch, counted from 1.</param>
/// <param name="Losses">The losses, by <see cref="TrainingHistory.LossNames"/>: their means where several batches shared the step.</param>
/// <param name="Rates">The learning rates of the optimizers' first groups, by <see cref="TrainingHistory.OptimizerNames"/>.</param>
public readonly record struct TrainingStep(long Step, int Epoch, IReadOnlyList<double> Losses, IReadOnlyList<double> Rates);
