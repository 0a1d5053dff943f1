namespace Dlm.Testing;

/// <summary>Something that holds of every model that is what its author meant.</summary>
public abstract class ModelCheck
{
    /// <summary>All of them, in the order in which one would ask.</summary>
    public static IReadOnlyList<ModelCheck> All { get; } =
    [
        new Checks.StepCheck(), new Checks.GradientCheck(), new Checks.OverfitCheck(), new Checks.NeighbourCheck(), new Checks.CausalCheck(), new Checks.MaskCheck(), new Checks.SaveCheck(),
        new Checks.SeedCheck(),
    ];

    /// <summary>What it claims.</summary>
    public abstract string Claim { get; }

    /// <summary>Runs it. What it draws depends on the subject's seed alone; the generator of the process is seeded.</summary>
    public CheckResult Run(Subject subject)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        return Look(subject);
    }

    private protected abstract CheckResult Look(Subject subject);

    private protected CheckResult Passed(string message) => new(Claim, Outcome.Passed, message);

    private protected CheckResult Failed(string message) => new(Claim, Outcome.Failed, message);

    private protected CheckResult Skipped(string message) => new(Claim, Outcome.Skipped, message);

    /// <summary>"fc.weight, fc.bias and 3 more"</summary>
    internal static string Some(IReadOnlyCollection<string> names) =>
        names.Count <= 4 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more";
}
