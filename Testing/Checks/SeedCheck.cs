using static TorchSharp.torch;

namespace Dlm.Testing.Checks;

/// <summary>Two runs of a few steps from one seed end with the same state, to the bit.</summary>
public sealed class SeedCheck : ModelCheck
{
    private const int Steps = 3;

    /// <inheritdoc/>
    public override string Claim => "two runs with one seed agree to the bit";

    private protected override CheckResult Look(Subject subject)
    {
        var (first, second) = (Train(subject), Train(subject));
        var differing = first.Where(entry => !Differences.AreSame(entry.Value, second[entry.Key])).Select(entry => entry.Key).ToArray();
        return differing.Length == 0 ? Passed("") : Failed($"After {Steps} steps from one seed {Some(differing)} differ{(differing.Length == 1 ? "s" : "")}: something is drawn from another source, or added up in any order.");
    }

    private static Dictionary<string, Tensor> Train(Subject subject)
    {
        using var trial = new Trial(subject, subject.Seed);
        trial.Module.train();
        using var optimizer = optim.Adam(trial.Module.parameters().Where(p => p.requires_grad), 0.01);
        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            if (Trial.Probe(trial.Call(Trial.Draw(subject, subject.Seed + step)), subject.Seed) is not { } loss) break;
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
        }
        return trial.State();
    }
}
