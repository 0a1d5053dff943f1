using static TorchSharp.torch;

namespace Dlm.Testing;

/// <summary>What holds of every objective that is what its author meant.</summary>
public static class ObjectiveChecks
{
    private const int Steps = 3;

    /// <summary>Each check by its claim.</summary>
    public static IReadOnlyList<(string Claim, Func<ObjectiveSubject, CheckResult> Run)> All { get; } =
    [
        ("a step changes exactly the networks that it minimises", StepChangesItsNetworks), ("two runs with one seed agree to the bit", SeedsAgree),
    ];

    private static CheckResult StepChangesItsNetworks(ObjectiveSubject subject)
    {
        var claim = All[0].Claim;
        using var scope = NewDisposeScope();
        manual_seed(subject.Seed);
        var (networks, step) = subject.Make();
        var before = networks.ToDictionary(n => n.Key, n => State(n.Value));
        manual_seed(subject.Seed);
        step(subject.Inputs());
        foreach (var (name, network) in networks)
        {
            string[] changed = [.. network.named_parameters().Where(p => !Differences.AreSame(p.parameter, before[name][p.name])).Select(p => p.name)];
            if (subject.Minimised.Contains(name))
            {
                if (changed.Length == 0) return Failed(claim, $"It does not change '{name}'.");
                continue;
            }
            if (subject.Updated.Contains(name)) continue;
            if (changed.Length > 0) return Failed(claim, $"It changes '{name}', which it does not minimise: {ModelCheck.Some(changed)}.");
            string[] touched = [.. network.named_parameters().Where(p => p.parameter.grad is { } gradient && gradient.count_nonzero().item<long>() > 0).Select(p => p.name)];
            if (touched.Length > 0) return Failed(claim, $"It leaves a gradient in '{name}', which it does not minimise: {ModelCheck.Some(touched)}.");
        }
        return new CheckResult(claim, Outcome.Passed, string.Join(", ", subject.Minimised));
    }

    private static CheckResult SeedsAgree(ObjectiveSubject subject)
    {
        var claim = All[1].Claim;
        using var scope = NewDisposeScope();
        var (first, second) = (Train(subject), Train(subject));
        string[] differing = [.. first.Where(entry => !Differences.AreSame(entry.Value, second[entry.Key])).Select(entry => entry.Key)];
        return differing.Length == 0
            ? new CheckResult(claim, Outcome.Passed, "")
            : Failed(claim, $"After {Steps} steps from one seed {ModelCheck.Some(differing)} differ{(differing.Length == 1 ? "s" : "")}: something is drawn from another source, or added up in any order.");
    }

    private static Dictionary<string, Tensor> Train(ObjectiveSubject subject)
    {
        manual_seed(subject.Seed);
        var (networks, step) = subject.Make();
        for (var i = 0; i < Steps; i++) step(subject.Inputs());
        return networks.SelectMany(n => State(n.Value), (network, entry) => (Key: $"{network.Key}.{entry.Key}", entry.Value)).ToDictionary(e => e.Key, e => e.Value);
    }

    private static Dictionary<string, Tensor> State(nn.Module network) => network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone());

    private static CheckResult Failed(string claim, string message) => new(claim, Outcome.Failed, message);
}
