using Dlm.Runtime.Training;

namespace Dlm.Runtime.Averaging;

/// <summary>
/// A mean of the weights that a run has gone through, which usually does better than the last of them. The run trains on as if there were
/// none: validation, tests, predictions and the network's own keys in checkpoints are the mean's, and so is the network when the run has ended.
/// </summary>
/// <remarks>
/// The mean is over what the optimizers change, and over the networks' buffers, as the statistics of batch norms; whole numbers among them
/// are taken as they are. Before the first weights are taken there is no mean, and all is as without one.
/// </remarks>
public abstract record WeightAveraging
{
    /// <summary>Whether the weights after this step go into the mean.</summary>
    /// <param name="progress">Where the run stands, the step counted.</param>
    public abstract bool IsDue(TrainingProgress progress);

    /// <summary>The share that new weights have in the mean: mean = mean + share * (weights - mean).</summary>
    /// <param name="taken">How many weights the mean holds; at least one, as the first are the mean.</param>
    public abstract double ShareOfNew(long taken);
}
