using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Analysis;

/// <summary>
/// How much memory a model takes at most, in bytes, with float32. What libtorch needs for itself, such as the workspace of a
/// convolution, is not in it.
/// </summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="Buffers">The buffers.</param>
/// <param name="Inputs">What flows in.</param>
/// <param name="Inference">The most that lives at a time in a call without gradients, parameters and inputs included.</param>
/// <param name="Training">
/// The same in a call with gradients, where all that backward needs stays, and the gradients of the parameters; without an optimizer's state.
/// </param>
public sealed record MemoryUse(long Parameters, long Buffers, long Inputs, long Inference, long Training)
{
    /// <summary>With the two moments that Adam keeps of every parameter.</summary>
    public long TrainingWithAdam => Training + 2 * Parameters;

    /// <summary>Works it out; null where an open size decides.</summary>
    public static MemoryUse? Of(ElaboratedModel model, SizeTable sizes)
    {
        var cost = StageTree.Of(model, sizes).Cost;
        if (cost.Parameters is not { } parameters || cost.Buffers is not { } buffers) return null;
        const long width = 4;
        var inference = new MemoryRun(sizes, isTraining: false).Run(model.AtDefaults);
        var training = new MemoryRun(sizes, isTraining: true).Run(model.AtDefaults);
        if (inference is not { } free || training is not { } kept) return null;
        var still = (parameters + buffers) * width;
        return new MemoryUse(parameters * width, buffers * width, free.Inputs, still + free.Peak, still + parameters * width + kept.Peak);
    }
}
