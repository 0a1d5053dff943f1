using Dlm.Cli.Models;
using Dlm.Dsl.Analysis;

namespace Dlm.Cli.Compare;

/// <summary>One of two models that are compared.</summary>
/// <param name="Source">The model.</param>
/// <param name="Tree">Its stages.</param>
/// <param name="Memory">How much memory it takes.</param>
internal sealed record DiffSide(ModelSource Source, Stage Tree, MemoryUse? Memory)
{
    public static DiffSide Of(ModelSource source, SizeTable sizes) =>
        new(source, StageTree.Of(source.Model, sizes), MemoryUse.Of(source.Model, sizes));
}

/// <summary>What is different between two models.</summary>
internal sealed record DiffReport(DiffSide Before, DiffSide After, StageChange Changes)
{
    public static DiffReport Of(DiffSide before, DiffSide after) => new(before, after, ModelDiff.Of(before.Tree, after.Tree));

    /// <summary>Whether anything is.</summary>
    public bool HasChanges => Changes.HasChanges || !Before.Tree.Inputs.SequenceEqual(After.Tree.Inputs) || !Before.Tree.Outputs.SequenceEqual(After.Tree.Outputs);

    /// <summary>The stages that are different, with all that is inside of others, in order.</summary>
    public IEnumerable<StageChange> Listed => Flat(Changes).Where(c => c.Kind != StageChangeKind.Same);

    /// <summary>The figures of both, by name.</summary>
    public IEnumerable<(string Name, long? Before, long? After, bool IsBytes)> Totals =>
    [
        ("parameters", Before.Tree.Cost.Parameters, After.Tree.Cost.Parameters, false),
        ("macs", Before.Tree.Cost.Macs, After.Tree.Cost.Macs, false),
        ("activationBytes", Before.Tree.Cost.ActivationBytes, After.Tree.Cost.ActivationBytes, true),
        ("inferencePeakBytes", Before.Memory?.Inference, After.Memory?.Inference, true),
        ("trainingPeakBytes", Before.Memory?.Training, After.Memory?.Training, true),
    ];

    private static IEnumerable<StageChange> Flat(StageChange change) => change.Inside.SelectMany(inner => Flat(inner).Prepend(inner));
}
