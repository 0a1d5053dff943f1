using static TorchSharp.torch;

namespace Dlm.Testing.Checks;

/// <summary>The loss reaches every parameter that is trained, with all optional inputs or without them.</summary>
public sealed class GradientCheck : ModelCheck
{
    /// <inheritdoc/>
    public override string Claim => "every parameter gets a gradient";

    private protected override CheckResult Look(Subject subject)
    {
        using var trial = new Trial(subject, subject.Seed);
        trial.Shake();
        trial.Module.train();
        var trained = trial.Module.named_parameters().Where(p => p.parameter.requires_grad).ToArray();
        if (trained.Length == 0) return Skipped("It has no parameter that is trained.");
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var inputs = Trial.Draw(subject, subject.Seed);
        var ways = new List<Tensor?[]> { inputs };
        if (subject.Ports is { } ports && ports.Any(p => p.IsOptional)) ways.Add([.. inputs.Select((input, i) => ports[i].IsOptional ? null : input)]);
        foreach (var way in ways)
        {
            if (Trial.Probe(trial.Call(way), subject.Seed) is not { } loss) continue;
            loss.backward();
            foreach (var (name, parameter) in trained)
            {
                if (parameter.grad is not { } gradient) continue;
                if (gradient.isnan().any().item<bool>()) return Failed($"The gradient of {name} is no number.");
                if (gradient.count_nonzero().item<long>() > 0) reached.Add(name);
            }
        }
        var missed = trained.Select(p => p.name).Where(name => !reached.Contains(name)).ToArray();
        return missed.Length == 0 ? Passed($"all {trained.Length}") : Failed($"No gradient reaches {Some(missed)}.");
    }
}
