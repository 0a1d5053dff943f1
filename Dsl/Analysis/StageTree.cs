using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Passes;

namespace Dlm.Dsl.Analysis;

/// <summary>Makes of a graph the tree of stages that tables and pictures show.</summary>
public sealed class StageTree
{
    private readonly SizeTable sizes;

    private StageTree(SizeTable sizes) => this.sizes = sizes;

    /// <summary>A whole model.</summary>
    public static Stage Of(ElaboratedModel model, SizeTable sizes)
    {
        var (stages, cost) = new StageTree(sizes).Inside(model.AtDefaults, "");
        return new Stage(model.Name, "", model.Name, model.Name, [.. model.AtDefaults.Results.Select(r => sizes.Of(r.Type))], cost, stages)
        {
            Inputs = [.. model.AtDefaults.Inputs.Select(i => sizes.Of(i.Type))],
        };
    }

    /// <summary>The tree with one line for stages in a row that are the same piece of graph: the blocks of a repeat.</summary>
    public static Stage Folded(Stage stage)
    {
        var folded = new List<Stage>();
        var first = "";
        foreach (var inner in stage.Stages)
        {
            var last = folded.Count == 0 ? null : folded[folded.Count - 1];
            if (last is null || !Follows(last.Node, inner.Node))
            {
                folded.Add(Folded(inner));
                first = inner.Label;
                continue;
            }
            folded[folded.Count - 1] = last with { Label = $"{first}..{inner.Label}", Node = inner.Node, Cost = last.Cost + inner.Cost, Times = last.Times + 1 };
        }
        return stage with { Stages = folded };
    }

    /// <summary>
    /// Whether a node is another turn of a repeat: the same piece of graph on what the one before makes, all else that flows in being the
    /// same, as what a decoder's layers remember.
    /// </summary>
    public static bool Follows(Node? before, Node? node) =>
        before is ModuleNode { Outputs: [var made] } first && node is ModuleNode { Outputs: [var result] } second
        && first.Body == second.Body && made.Type.Equals(result.Type) && first.Inputs.Count == second.Inputs.Count
        && second.Inputs.Contains(made) && first.Inputs.Zip(second.Inputs, (a, b) => a == b || b == made).All(same => same);

    private (IReadOnlyList<Stage> Stages, StageCost Cost) Inside(Region region, string prefix)
    {
        var stages = RegionPlan.Of(region).Select(planned => StageOf(planned, prefix)).ToArray();
        return (stages, stages.Aggregate(StageCost.None, (sum, stage) => sum + stage.Cost));
    }

    private Stage StageOf(PlannedNode planned, string prefix)
    {
        var node = planned.Node;
        var key = node.Key is null ? null : Below(prefix, node.Key);
        var outputs = node.Outputs.Select(o => sizes.Of(o.Type)).ToArray();
        var label = node.Key ?? node.Name;
        var stage = node switch
        {
            OperatorNode op => new Stage(label, key, op.Operator.Name, StageText.Of(op), outputs, CostOf(op, planned.InPlace), []),
            BlockNode block => WithInside(new Stage(label, key, block.Template.Name, StageText.Of(block), outputs, StageCost.None, []), block.Body, key ?? prefix),
            ModuleNode module => WithInside(new Stage(label, key, "group", "", outputs, StageCost.None, []), module.Body, key ?? prefix),
            RepeatNode repeat => Repeated(new Stage(label, key, "repeat", $"repeat {sizes.Of(repeat.End - repeat.Start)}", outputs, StageCost.None, []), repeat, key ?? prefix),
            StateNode state => new Stage(state.Name, Below(prefix, state.Name), state.IsBuffer ? "buffer" : "param", state.IsBuffer ? "buffer" : "param", outputs, Kept(state), []),
            LoopNode loop => Looped(new Stage(label, key, loop.Steps.Condition is null ? "scan" : "while", StageText.Of(loop, sizes), outputs, StageCost.None, []), loop, prefix),
            IfNode choice => Unknown(new Stage(label, key, "choice", "if", outputs, StageCost.None, []), choice, prefix),
            _ => Unknown(new Stage(label, key, KindOf(node), "", outputs, StageCost.None, []), node, key ?? prefix),
        };
        return stage with { Node = node, Inputs = [.. node.Inputs.Select(i => sizes.Of(i.Type))] };
    }

    private Stage WithInside(Stage stage, Region body, string prefix)
    {
        var (stages, cost) = Inside(body, prefix);
        return stage with { Stages = stages, Cost = cost };
    }

    // Its turns may differ, so that only what one of them holds is known.
    private Stage Repeated(Stage stage, RepeatNode repeat, string prefix)
    {
        var (stages, _) = Inside(repeat.Turn, prefix);
        return stage with { Stages = stages, Cost = new StageCost(null, null, null, null) };
    }

    private Stage Looped(Stage stage, LoopNode loop, string prefix)
    {
        var whole = Unknown(stage, loop, prefix);
        return whole with { Cost = whole.Cost.Repeated(sizes.Count(loop.Steps.End - loop.Steps.Start)) };
    }

    // A choice or a loop: what runs inside of it is shown in order, and counted once.
    private Stage Unknown(Stage stage, Node node, string prefix)
    {
        var inside = node.Inside().Select(region => Inside(region, prefix)).ToArray();
        var outputs = node.Inside().Any() || !node.OwnsOutputs ? 0 : node.Outputs.Aggregate((long?)0, (bytes, o) => bytes + sizes.BytesOf(o.Type));
        var cost = inside.Aggregate(StageCost.None with { ActivationBytes = outputs }, (sum, part) => sum + part.Cost);
        return stage with { Stages = [.. inside.SelectMany(part => part.Stages)], Cost = cost };
    }

    private StageCost CostOf(OperatorNode node, bool inPlace)
    {
        var bytes = inPlace || node.Operator.IsView ? 0 : node.Outputs.Aggregate((long?)0, (sum, o) => sum + sizes.BytesOf(o.Type));
        return Kept(node) with { Macs = sizes.Count(node.Macs), ActivationBytes = bytes };
    }

    private StageCost Kept(Node node) => new(Numbers(node.Weights.Where(w => !w.IsBuffer)), Numbers(node.Weights.Where(w => w.IsBuffer)), 0, 0);

    private long? Numbers(IEnumerable<Weight> weights) => weights.Aggregate((long?)0, (sum, w) => sum + sizes.Count(w.Count));

    private static string Below(string prefix, string key) => prefix.Length == 0 ? key : $"{prefix}.{key}";

    private static string KindOf(Node node)
    {
        var name = node.GetType().Name;
        return (name.EndsWith("Node", StringComparison.Ordinal) ? name.Substring(0, name.Length - 4) : name).ToLowerInvariant();
    }
}
