using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Emission;

internal sealed partial class RegionWriter
{
    // Where a tensor belongs that a part left on its own device, because the next part takes it from there.
    private readonly Dictionary<GraphValue, string> homes = [];

    // The stages are run twice, the second time when what flows here is gone: they read it from what they are given.
    private void AddCheckpoint(CheckpointNode node)
    {
        var flow = TakeName("flow");
        for (var i = 0; i < node.Outputs.Count; i++) locals[node.Outputs[i]] = TakeName(node.Outputs[i].Name ?? node.Name);
        var target = node.Outputs.Count == 1 ? locals[node.Output] : TakeName("results");
        AddLine($"var {target} = {CheckpointClass.Name}.Run(");
        indent += "    ";
        AddLine($"{ArrayOf("Tensor?", node.Inputs.Select(i => locals[i]))},", string.Join(", ", node.Inputs.Select(i => i.Type)));
        AddLine($"{ArrayOf("nn.Module?", owner.FieldsIn(node.Body))},");
        AddLine($"{ArrayOf("Tensor?", ModuleClass.ParametersIn(node.Body).Select(p => $"get_parameter({CSharpNames.Quote(p)})"))},");
        AddLine($"{flow} =>");
        var outside = node.Inputs.ToDictionary(i => i, i => locals[i]);
        for (var i = 0; i < node.Inputs.Count; i++) locals[node.Inputs[i]] = $"{flow}[{i}]";
        Open(null);
        Add(node.Body);
        var seen = new HashSet<GraphValue>();
        var results = node.Body.Results.Select(r => IsOwned(r, node.Body) && seen.Add(r) ? locals[r] : $"{locals[r]}.alias()");
        AddLine($"return {ArrayOf("Tensor", results)};");
        indent = indent.Substring(4);
        AddLine(node.Outputs.Count == 1 ? "})[0];" : "});", string.Join(", ", node.Outputs.Select(o => o.Type)));
        indent = indent.Substring(4);
        foreach (var pair in outside) locals[pair.Key] = pair.Value;
        if (node.Outputs.Count == 1) return;
        for (var i = 0; i < node.Outputs.Count; i++) AddLine($"var {locals[node.Outputs[i]]} = {target}[{i}];", node.Outputs[i].Type.ToString());
    }

    // A part takes what flows to its device itself; what it makes goes back from here, unless the next part has a device of its own.
    private void AddPlaced(GroupNode node, Region region)
    {
        var first = node.Inputs[0];
        if (!homes.TryGetValue(first, out var home))
        {
            home = TakeName("home");
            AddLine($"var {home} = {locals[first]}.device;");
        }
        var goesOn = node.Outputs.All(o => !region.Results.Contains(o) && region.Nodes.Where(n => n.Inputs.Contains(o)).ToArray() is [GroupNode { Place: not null } next] && next.Inputs[0] == o);
        if (goesOn)
        {
            foreach (var output in node.Outputs) homes[output] = home;
            AddCall(node);
            return;
        }
        for (var i = 0; i < node.Outputs.Count; i++) locals[node.Outputs[i]] = TakeName(node.Outputs[i].Name ?? LocalName(node, i));
        if (node.Outputs.Count == 1)
        {
            AddLine($"var {locals[node.Output]} = {PlacementClass.Name}.Back({Call(node)}, {home});", node.Output.Type.ToString());
            return;
        }
        var away = node.Outputs.Select(o => TakeName("away")).ToArray();
        AddLine($"var ({string.Join(", ", away)}) = {Call(node)};");
        for (var i = 0; i < away.Length; i++) AddLine($"var {locals[node.Outputs[i]]} = {PlacementClass.Name}.Back({away[i]}, {home});", node.Outputs[i].Type.ToString());
    }

    private static string ArrayOf(string type, IEnumerable<string> items) => $"new {CSharpNames.Torch}.{type}[] {{ {string.Join(", ", items)} }}".Replace("{  }", "{ }");
}
