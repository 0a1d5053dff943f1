using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Emission;

internal sealed partial class RegionWriter
{
    // Every state is the loop's own: it begins as an alias of its first value, and each step disposes what the last one left.
    private void AddLoop(LoopNode loop)
    {
        var states = loop.States.ToArray();
        for (var i = 0; i < states.Length; i++)
        {
            locals[states[i]] = TakeName(states[i].Name!);
            AddLine($"var {locals[states[i]]} = {locals[loop.First[i]]}.alias();", states[i].Type.ToString());
        }
        var collected = loop.Yields.Select((_, i) => TakeName(i == 0 ? "collected" : $"collected{i + 1}")).ToArray();
        foreach (var list in collected) AddLine($"var {list} = new global::System.Collections.Generic.List<{CSharpNames.Tensor}>();");
        AddSteps(loop, states, collected);

        for (var i = 0; i < collected.Length; i++)
        {
            var output = loop.Outputs[i];
            locals[output] = TakeName(output.Name ?? loop.Name);
            AddLine($"var {locals[output]} = {CSharpNames.Torch}.stack({collected[i]}, {loop.Steps.Axis});", output.Type.ToString());
            AddLine($"foreach (var item in {collected[i]}) item.Dispose();".Replace("item", names.Take("item")));
        }
        for (var i = 0; i < states.Length; i++) locals[loop.Outputs[collected.Length + i]] = locals[states[i]];
    }

    private void AddSteps(LoopNode loop, GraphValue[] states, string[] collected)
    {
        var steps = loop.Steps;
        var counter = TakeName(steps.Counter.Length > 0 ? steps.Counter : "step");
        var outside = values;
        var end = steps.Sequence is null ? values.Write(steps.End) : TakeName("steps");
        if (steps.Sequence is { } sequence) AddLine($"var {end} = {locals[sequence]}.shape[{steps.Axis}];");
        if (steps.Counter.Length > 0) values = values.Extending(new Dictionary<string, string>(StringComparer.Ordinal) { [steps.Counter] = counter });
        Open($"for (long {counter} = {(steps.Sequence is null ? outside.Write(steps.Start) : "0")}; {counter} < {end}; {counter}++)");
        if (steps.Condition is { } condition) AddCondition(condition);
        if (loop.Slice is { } slice)
        {
            locals[slice] = TakeName(slice.Name!);
            AddLine($"var {locals[slice]} = {locals[steps.Sequence!]}.select({steps.Axis}, {counter});", slice.Type.ToString());
        }
        Add(loop.Body);
        // A step's results are its own, once each.
        var seen = new HashSet<GraphValue>();
        var results = loop.Body.Results.Select(r => IsOwned(r, loop.Body) && seen.Add(r) ? locals[r] : $"{locals[r]}.alias()").ToArray();
        for (var i = 0; i < collected.Length; i++) AddLine($"{collected[i]}.Add({results[states.Length + i]});");
        var next = results.Take(states.Length).Select((result, i) => locals.ContainsValue(result) ? result : Kept(states[i], result)).ToArray();
        if (loop.Slice is { } used) AddLine($"{locals[used]}.Dispose();");
        for (var i = 0; i < states.Length; i++)
        {
            AddLine($"{locals[states[i]]}.Dispose();");
            AddLine($"{locals[states[i]]} = {next[i]};");
        }
        Close();
        values = outside;
    }

    // What stands for a state in the next step must be taken before this step's is disposed.
    private string Kept(GraphValue state, string result)
    {
        var kept = TakeName("next_" + state.Name);
        AddLine($"var {kept} = {result};");
        return kept;
    }

    private void AddCondition(Region condition)
    {
        Add(condition);
        var result = condition.Results[0];
        var goesOn = TakeName("goesOn");
        AddLine($"var {goesOn} = {locals[result]}.item<bool>();");
        if (IsOwned(result, condition)) AddLine($"{locals[result]}.Dispose();");
        AddLine($"if (!{goesOn}) break;");
    }
}
