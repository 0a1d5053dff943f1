using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Passes;

/// <summary>Finds stages whose output flows nowhere, and inputs that no stage takes.</summary>
internal static class UnusedStages
{
    /// <summary>Reports those of the block that <paramref name="syntax"/> declares.</summary>
    public static void Check(Region region, ModelSyntax syntax, DiagnosticBag diagnostics)
    {
        CheckNodes(region, diagnostics);
        if (syntax is not { Signature.Inputs.Ports: { Count: > 0 } ports, Body: { } body }) return;
        var used = UsedIn(region);
        var mentioned = UnusedNames.MentionedIn(body);
        foreach (var (port, input) in ports.Zip(region.Inputs, (port, input) => (port, input)))
        {
            // Its sizes may be all that is wanted of it.
            var names = input.Type.Dims.SelectMany(d => d.Symbols).Select(s => s.Name).Append(port.Name.Text);
            if (!used.Contains(input) && port.Name.Text[0] != '_' && !names.Any(mentioned.Contains)) diagnostics.At(port.Name.Span).UnusedInput(port.Name.Text);
        }
    }

    private static void CheckNodes(Region region, DiagnosticBag diagnostics)
    {
        var used = UsedIn(region);
        foreach (var node in region.Nodes)
        {
            // One that has a name is found by its name.
            if (node.Outputs.All(o => !used.Contains(o) && o.Name is null)) diagnostics.At(node.Span).UnusedStage(node.Name);
            foreach (var inner in node.Regions) CheckNodes(inner, diagnostics);
        }
    }

    private static HashSet<GraphValue> UsedIn(Region region) => new(region.Nodes.SelectMany(n => n.Inputs).Concat(region.Results));
}
