using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Passes;

/// <summary>What is proven of an objective: where its gradients go, and that its losses mean what they should.</summary>
internal sealed class ObjectiveChecks
{
    private readonly ElaboratedObjective objective;
    private readonly ObjectiveSyntax syntax;
    private readonly DiagnosticBag diagnostics;
    private readonly GradientFlow flow;
    private readonly MinimizeNode[] steps;

    private ObjectiveChecks(ElaboratedObjective objective, ObjectiveSyntax syntax, DiagnosticBag diagnostics)
    {
        (this.objective, this.syntax, this.diagnostics) = (objective, syntax, diagnostics);
        flow = objective.Flow;
        steps = flow.Order.OfType<MinimizeNode>().ToArray();
    }

    /// <summary>Reports what is wrong; and finds which steps have to leave their graph to a later one.</summary>
    public static void Check(ElaboratedObjective objective, ObjectiveSyntax syntax, DiagnosticBag diagnostics)
    {
        var checks = new ObjectiveChecks(objective, syntax, diagnostics);
        if (checks.steps.Length == 0)
        {
            diagnostics.At(syntax.Name.Span).NothingMinimized(syntax.Name.Text);
            return;
        }
        foreach (var step in checks.steps) checks.CheckStep(step);
        checks.CheckNetworks();
        checks.CheckSizes();
        checks.CheckGraphs();
        foreach (var node in checks.flow.Order.OfType<OperatorNode>())
        {
            if (node.Operator.Group == OperatorGroup.Loss) LossSide.Check(node, node.Span, diagnostics);
            checks.CheckBroadcast(node);
        }
    }

    private void CheckStep(MinimizeNode step)
    {
        var behind = flow.CallsBehind(step.Loss);
        foreach (var network in step.Networks.Where(n => behind.All(c => c.Network != n)))
        {
            diagnostics.At(step.Span).LossIndependent(network.Name, step.Loss.Origin);
        }
        // What lies behind a call of the network that is stepped has no part in the step: its gradient is computed for nothing.
        foreach (var call in behind.Where(c => step.Networks.Contains(c.Network)))
        {
            foreach (var input in GradientFlow.PassedOn(call))
            {
                var beyond = flow.CallsBehind(input).FirstOrDefault(c => !c.Network.IsFrozen && !step.Networks.Contains(c.Network) && !flow.CallsBehind(c).Any(d => step.Networks.Contains(d.Network)));
                if (beyond is null) continue;
                diagnostics.At(step.Span).StopMissing(string.Join(", ", step.Networks.Select(n => n.Name)), beyond.Network.Name, input.Name ?? "x", input.Name is not null);
                return;
            }
        }
    }

    private void CheckNetworks()
    {
        foreach (var network in objective.Networks)
        {
            var own = steps.Where(s => s.Networks.Contains(network)).ToArray();
            if (own.Length == 0)
            {
                if (!network.IsFrozen) diagnostics.At(PlaceOf(network)).NeverStepped(network.Name);
                continue;
            }
            var reached = new ReachedWeights();
            foreach (var step in own)
            {
                foreach (var call in flow.CallsBehind(step.Loss).Where(c => c.Network == network)) reached.Follow(call.Body, ResultsOf(call, step));
            }
            // Where no step depends on it at all, that has been said.
            if (reached.Keys.Count == 0) continue;
            var all = WeightsOf(network).ToArray();
            var missed = all.Where(k => !reached.Keys.Contains(k)).ToArray();
            if (missed.Length > 0) diagnostics.At(PlaceOf(network)).WeightsUnreached(network.Name, missed);
        }
    }

    // Those of a call's results through which the gradient of a step comes.
    private IEnumerable<GraphValue> ResultsOf(NetworkNode call, MinimizeNode step)
    {
        var used = new HashSet<GraphValue>(flow.PathTo(step.Networks, step.Loss).SelectMany(GradientFlow.PassedOn)) { step.Loss };
        return call.Outputs.Zip(call.Body.Results, (outer, inner) => (outer, inner)).Where(pair => used.Contains(pair.outer)).Select(pair => pair.inner);
    }

    private IEnumerable<string> WeightsOf(ObjectiveNetwork network) => flow.Order.OfType<NetworkNode>().First(c => c.Network == network).Body.Leaves()
        .Where(l => !l.IsAgain)
        .SelectMany(l => l.Node.Weights.Where(w => !w.IsBuffer), (leaf, weight) => leaf.Key.Length == 0 ? weight.Name : $"{leaf.Key}.{weight.Name}");

    // What only a network knows is read off what it gives.
    private void CheckSizes()
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in flow.Order)
        {
            var hidden = node.InlineRegions.Any() ? null : node.Mentions.FirstOrDefault(m => m.Contains('.') && !shown.Contains(m));
            if (hidden is not null)
            {
                diagnostics.At(node.Span).NotInLanguage($"'{node.Name}' with {hidden}, which only the network knows", "Make the size a parameter of the objective, or use it behind a tensor that has it as a dimension.");
                return;
            }
            shown.UnionWith(node.Outputs.SelectMany(o => o.Type.Dims).Select(d => d.AsSymbol?.Name).OfType<string>());
        }
    }

    // A step overwrites parameters that the backward pass of a later one may need, and frees what it has passed itself.
    private void CheckGraphs()
    {
        var places = new Dictionary<Node, int>();
        for (var i = 0; i < flow.Order.Count; i++) places[flow.Order[i]] = i;
        var paths = steps.ToDictionary(s => s, s => flow.PathTo(s.Networks, s.Loss));
        foreach (var step in steps)
        {
            foreach (var call in paths[step].OfType<NetworkNode>())
            {
                var changed = flow.Order.FirstOrDefault(n => places[n] > places[call] && places[n] < places[step] && Changes(n, call.Network));
                if (changed is null) continue;
                diagnostics.At(step.Span).StaleGraph(string.Join(", ", step.Networks.Select(n => n.Name)), call.Network.Name, call.Output.Name, diagnostics.Text.LineOf(call.Span.Start) + 1, diagnostics.Text.LineOf(changed.Span.Start) + 1);
                break;
            }
            step.KeepsGraph = steps.Any(later => places[later] > places[step] && paths[later].Overlaps(paths[step]));
        }
    }

    private static bool Changes(Node node, ObjectiveNetwork network) =>
        node is MinimizeNode step ? step.Networks.Contains(network) : node is UpdateNode update && update.Target == network;

    // [B, 1] - [B] is [B, B]: each prediction against each target.
    private void CheckBroadcast(OperatorNode node)
    {
        if (node.CSharp is not { Kind: CSharpFormKind.Infix, Name: "-" or "+" or "*" or "/" } || node.Tensors is not [{ } left, { } right]) return;
        var (longer, shorter) = left.Type.Rank >= right.Type.Rank ? (left.Type, right.Type) : (right.Type, left.Type);
        var gap = longer.Rank - shorter.Rank;
        if (gap == 0 || shorter.Rank == 0) return;
        for (var i = 0; i < shorter.Rank; i++)
        {
            var size = shorter[i];
            if (size.Value is not null || longer[i + gap].Equals(size)) continue;
            if (!longer.Dims.Take(i + gap).Any(d => d.Equals(size))) continue;
            diagnostics.At(node.Span).OuterBroadcast(node.CSharp.Name, left, right, node.Output.Type);
            return;
        }
    }

    private Text.TextSpan PlaceOf(ObjectiveNetwork network) => syntax.Parameters!.Items.First(p => p.Name.Text == network.Name).Name.Span;
}
