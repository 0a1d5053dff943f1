using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Runtime.Diagnosis;

/// <summary>Writes what is known about a loss that is infinite or not a number.</summary>
internal sealed class NonFiniteReport(Objective objective, LossWatch watch, string? lastCheckpoint)
{
    private const string UsualCauses = "The usual causes: a learning rate that is too high, a logarithm or a root of zero, a sample that is damaged.";

    /// <summary>Of a step that was stopped before the parameters changed.</summary>
    public NonFiniteLossException AtOnce(NonFiniteNumber error, Batch batch, TrainingProgress progress)
    {
        long step = progress.Step + 1;
        string? gradientOf = error.Parameter is null ? null : NonFiniteSearch.NameOf(objective, error.Parameter);
        string what = gradientOf is null ? $"{NameOf(error)} is {FiniteNumbers.NameOf(error.Value)}" : $"The gradient of '{gradientOf}' is not finite";
        string opening = NonFiniteLossException.Opening(what, step, progress.Epoch, progress.Batch, batch.Indices);
        NonFiniteSearch search = new(objective, batch);
        search.LookAtNumbers(first: step == 1);
        if (gradientOf is null) search.LookAtModules(watch);
        else search.Say("The loss is finite; a root, a norm or a quotient at zero, or a product too large, has a gradient that is not.");
        if (!watch.Learnt) search.Say("Nothing was learnt from this batch.");
        return Error(opening, search, batch.Indices, step, gradientOf);
    }

    /// <summary>Of a loss that was read only after later steps had been made.</summary>
    /// <param name="error">What is known of it.</param>
    /// <param name="batch">Its batch, read again.</param>
    public NonFiniteLossException Afterwards(NonFiniteLossException error, Batch batch)
    {
        NonFiniteSearch search = new(objective, batch);
        bool finite = search.LookAtNumbers(first: false);
        if (!finite && lastCheckpoint is not null)
        {
            using CheckpointState state = CheckpointFile.Read(lastCheckpoint);
            foreach ((string name, nn.Module network) in objective.Networks) NetworkState.Load(state, network, name);
            search.Say("The networks were given back the weights of the last checkpoint, and the step was made again with those.");
            finite = true;
        }

        if (finite) search.LookAtModules(watch);
        return Error(error.Message, search, error.Indices, error.Step, parameter: null);
    }

    private NonFiniteLossException Error(string opening, NonFiniteSearch search, long[] indices, long step, string? parameter)
    {
        string last = lastCheckpoint is null ? "" : $" The last checkpoint is {lastCheckpoint}";
        return new NonFiniteLossException($"{opening} {search.Findings} {UsualCauses}{last}", indices)
        {
            Step = step, Module = search.Module, Parameter = parameter ?? search.Parameter, IsExplained = true,
        };
    }

    private string NameOf(NonFiniteNumber error) =>
        objective.LossNames is [var only] ? $"The {only}" : $"The loss that '{objective.Optimizers.First(o => o.Optimizer == error.Optimizer).Name}' minimizes";
}
