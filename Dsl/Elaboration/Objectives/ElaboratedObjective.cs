using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Passes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>A network that an objective is given.</summary>
/// <param name="Name">What the objective calls it.</param>
/// <param name="Model">Its class.</param>
/// <param name="IsFrozen">Whether no gradient ever changes it.</param>
public sealed record ObjectiveNetwork(string Name, ElaboratedBlock Model, bool IsFrozen)
{
    internal Declaration Declaration { get; init; } = null!;

    /// <summary>Its parameters and buffers with its default arguments; null where those do not make one.</summary>
    internal IEnumerable<(string Key, Weight Weight)>? StateIn(ElaborationSession session) => RegionIn(session) is { } region ? new ElaboratedModel(Model, region).State : null;

    /// <summary>What it is made of with its default arguments; nothing where those do not make one.</summary>
    internal IEnumerable<Node> NodesIn(ElaborationSession session) => RegionIn(session)?.Nodes ?? [];

    private Region? RegionIn(ElaborationSession session) => new BlockElaborator(session, Declaration).AtDefaults(new DiagnosticBag(Declaration.File.Source));
}

/// <summary>A loss or another figure that a step gives.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The number, a tensor without dimensions.</param>
/// <param name="IsLoss">Whether it is minimised.</param>
/// <param name="IsOccasional">Whether only some steps compute it, because it stands in an <c>every</c>.</param>
public sealed record ObjectiveFigure(string Name, GraphValue Value, bool IsLoss, bool IsOccasional);

/// <summary>A tensor that a step gives beside its figures.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">What it is.</param>
public sealed record ObjectiveOutput(string Name, GraphValue Value);

/// <summary>An objective with its networks known: what its class is written from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">Where its class is.</param>
/// <param name="Documentation">The lines of its doc comment.</param>
/// <param name="Networks">The networks, in the order of its parameters.</param>
/// <param name="OpenParameters">The other parameters that its constructor takes.</param>
/// <param name="Body">A step.</param>
/// <param name="Figures">What a step gives: its losses, then its metrics.</param>
/// <param name="Checks">What the constructor has to check.</param>
public sealed record ElaboratedObjective(
    string Name,
    string Namespace,
    IReadOnlyList<string> Documentation,
    IReadOnlyList<ObjectiveNetwork> Networks,
    IReadOnlyList<ModelParameter> OpenParameters,
    Region Body,
    IReadOnlyList<ObjectiveFigure> Figures,
    IReadOnlyList<Claim> Checks)
{
    private GradientFlow? flow;

    /// <summary>The file that the body stands in.</summary>
    public SourceText Source { get; init; } = null!;

    /// <summary>What a step gives beside them, whatever its shape; a trainer does not look at it.</summary>
    public IReadOnlyList<ObjectiveOutput> Outputs { get; init; } = [];

    /// <summary>What must hold of what a step is given.</summary>
    public IReadOnlyList<Claim> InputChecks { get; init; } = [];

    /// <summary>Where the gradients of a step go.</summary>
    internal GradientFlow Flow => flow ??= new GradientFlow(Body);

    /// <summary>The networks that some statement steps, in the order of the parameters.</summary>
    public IEnumerable<ObjectiveNetwork> Stepped
    {
        get
        {
            var stepped = new HashSet<ObjectiveNetwork>(Body.AllNodes().OfType<MinimizeNode>().SelectMany(m => m.Networks));
            return Networks.Where(stepped.Contains);
        }
    }

    /// <summary>The values that are carried from step to step.</summary>
    public IEnumerable<StateNode> Carried => Body.Nodes.OfType<StateNode>();
}
