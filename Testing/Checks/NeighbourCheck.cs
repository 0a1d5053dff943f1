using static TorchSharp.torch;

namespace Dlm.Testing.Checks;

/// <summary>In eval mode what comes out for a sample stays the same, whatever else is in the batch.</summary>
public sealed class NeighbourCheck : ModelCheck
{
    /// <inheritdoc/>
    public override string Claim => "in eval mode a sample does not depend on its neighbours";

    private protected override CheckResult Look(Subject subject)
    {
        using var trial = new Trial(subject, subject.Seed);
        trial.Shake();
        var (ours, others) = (Trial.Draw(subject, subject.Seed), Trial.Draw(subject, subject.Seed + 1));
        var axes = Axes.OfBatch(subject, ours);
        if (axes.All(axis => axis is null)) return Skipped("No input has a batch.");
        Tensor?[] mixed = [.. ours.Select((input, i) => input is null || axes[i] is null ? input : cat([input.narrow(0, 0, 1), others[i]!.narrow(0, 1, subject.Batch - 1)]))];
        var (before, after) = (trial.Evaluate(ours), trial.Evaluate(mixed));
        var compared = 0;
        for (var i = 0; i < before.Length; i++)
        {
            if (before[i].dim() == 0 || before[i].shape[0] != subject.Batch) continue;
            compared++;
            if (Differences.Between(before[i][0], after[i][0]) is { } change) return Failed($"{Axes.NameOf(subject, i, before.Length)} of sample 0 changes {change} when the others do.");
        }
        return compared == 0 ? Skipped("No output begins with the batch.") : Passed("");
    }
}
