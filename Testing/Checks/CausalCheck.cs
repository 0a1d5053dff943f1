using static TorchSharp.torch;

namespace Dlm.Testing.Checks;

/// <summary>What comes out at a time does not change when what flows in later does.</summary>
public sealed class CausalCheck : ModelCheck
{
    /// <inheritdoc/>
    public override string Claim => "a causal model does not see the future";

    private protected override CheckResult Look(Subject subject)
    {
        if (subject.IsCausal is null) return Skipped("Nothing says that it is causal: --causal, or IsCausal.");
        if (subject.IsCausal == false) return Skipped("It is not meant to be causal.");
        using var trial = new Trial(subject, subject.Seed);
        trial.Shake();
        var (ours, others) = (Trial.Draw(subject, subject.Seed), Trial.Draw(subject, subject.Seed + 1));
        var time = subject.Ports is { Count: > 0 } ports && ports[0].Dims.Count > 1 ? ports[0].Dims[1] : null;
        if (ours[0] is not { } first || first.dim() < 2 || first.shape[1] < 2) return Skipped("Its first input has no time: no second dimension.");
        var length = first.shape[1];
        var now = length / 2;
        Tensor?[] changed =
        [
            .. ours.Select((input, i) => input is null || input.dim() < 2 || input.shape[1] != length || (time is not null && (subject.Ports![i].Dims[1] != time || subject.Ports[i].IsMask))
                ? input : Axes.Replaced(input, others[i]!, [1], now, length - now)),
        ];
        var (before, after) = (trial.Evaluate(ours), trial.Evaluate(changed));
        var compared = 0;
        for (var i = 0; i < before.Length; i++)
        {
            if (before[i].dim() < 2 || before[i].shape[1] != length) continue;
            compared++;
            for (var t = 0L; t < now; t++)
            {
                if (Differences.Between(before[i].select(1, t), after[i].select(1, t)) is { } change) return Failed($"{Axes.NameOf(subject, i, before.Length)} at time {t} changes {change} when the input from time {now} on does.");
            }
        }
        return compared == 0 ? Skipped("No output has the input's time as its second dimension.") : Passed("");
    }
}
