using Dlm.Runtime.Weights;

namespace Dlm.Testing.Checks;

/// <summary>Another instance that loads what was saved computes the same, to the bit.</summary>
public sealed class SaveCheck : ModelCheck
{
    /// <inheritdoc/>
    public override string Claim => "saved and loaded it gives the same output";

    private protected override CheckResult Look(Subject subject)
    {
        using var trial = new Trial(subject, subject.Seed);
        trial.Shake();
        var inputs = Trial.Draw(subject, subject.Seed);
        // Running means must have moved, or nobody would notice that they were lost.
        trial.Module.train();
        trial.Call(inputs);
        var path = Path.Combine(Path.GetTempPath(), $"dlm-test-{Guid.NewGuid():N}.safetensors");
        try
        {
            trial.Module.SaveWeights(path);
            using var other = new Trial(subject, subject.Seed + 1);
            other.Module.LoadWeights(path);
            var (before, after) = (trial.Evaluate(inputs), other.Evaluate(inputs));
            for (var i = 0; i < before.Length; i++)
            {
                if (!Differences.AreSame(before[i], after[i])) return Failed($"{Axes.NameOf(subject, i, before.Length)} differs {Differences.Between(before[i], after[i]) ?? "in its last bits"}: something that it depends on is no parameter or buffer.");
            }
            return Passed("");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
