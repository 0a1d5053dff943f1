using static TorchSharp.torch;

namespace Dlm.Testing.Checks;

/// <summary>A step changes the parameters that are trained and got a gradient, and a call by itself changes no parameter, in eval mode nothing at all.</summary>
public sealed class StepCheck : ModelCheck
{
    /// <inheritdoc/>
    public override string Claim => "a step changes exactly the parameters that it should";

    private protected override CheckResult Look(Subject subject)
    {
        using var trial = new Trial(subject, subject.Seed);
        trial.Shake();
        var inputs = Trial.Draw(subject, subject.Seed);
        var state = trial.State();
        trial.Evaluate(inputs);
        if (Changed(trial, state) is { Length: > 0 } evaluated) return Failed($"A call in eval mode changes {Some(evaluated)}.");

        var parameters = trial.Module.named_parameters().Select(p => p.name).ToHashSet(StringComparer.Ordinal);
        trial.Module.train();
        if (Trial.Probe(trial.Call(inputs), subject.Seed) is not { } loss) return Skipped("No output has a gradient.");
        loss.backward();
        if (Changed(trial, state).Where(parameters.Contains).ToArray() is { Length: > 0 } called) return Failed($"A call in training mode changes {Some(called)} without a step.");

        var trained = trial.Module.named_parameters().Where(p => p.parameter is { requires_grad: true, grad: { } gradient } && gradient.count_nonzero().item<long>() > 0).Select(p => p.name).ToHashSet(StringComparer.Ordinal);
        using (var optimizer = optim.Adam(trial.Module.parameters().Where(p => p.requires_grad), 0.01)) optimizer.step();
        var stepped = Changed(trial, state).Where(parameters.Contains).ToHashSet(StringComparer.Ordinal);
        if (stepped.Except(trained).ToArray() is { Length: > 0 } wrongly) return Failed($"A step changes {Some(wrongly)}, which {(wrongly.Length == 1 ? "is" : "are")} frozen or without a gradient.");
        if (trained.Except(stepped).ToArray() is { Length: > 0 } missed) return Failed($"A step does not change {Some(missed)}.");
        return Passed(trained.Count == parameters.Count ? $"all {parameters.Count}" : $"{trained.Count} of {parameters.Count}");
    }

    private static string[] Changed(Trial trial, Dictionary<string, Tensor> before) =>
        [.. trial.Module.state_dict().Where(entry => !Differences.AreSame(entry.Value, before[entry.Key])).Select(entry => entry.Key)];
}
