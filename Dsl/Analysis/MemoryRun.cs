using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Passes;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Analysis;

/// <summary>
/// Runs a graph without its numbers: tensors are made, shared, overwritten and disposed as the generated code does it, and only
/// their bytes are counted.
/// </summary>
internal sealed class MemoryRun(SizeTable sizes, bool isTraining)
{
    private readonly Dictionary<Region, IReadOnlyList<PlannedNode>> plans = [];
    private long live, peak;
    private bool isKnown = true;

    /// <summary>The bytes of what flows in, and the most that lives at a time, with it; null where an open size decides.</summary>
    public (long Inputs, long Peak)? Run(Region region)
    {
        var values = region.Inputs.ToDictionary(i => i, i => Make(i.Type));
        var inputs = live;
        Run(region, values);
        return isKnown ? (inputs, peak) : null;
    }

    /// <summary>A piece of memory: a tensor and its views.</summary>
    private sealed class Storage(long bytes)
    {
        public long Bytes { get; } = bytes;

        public int Holders { get; set; } = 1;

        /// <summary>Whether backward needs it.</summary>
        public bool IsKept { get; set; }
    }

    private void Run(Region region, Dictionary<GraphValue, Storage> values)
    {
        if (!plans.TryGetValue(region, out var plan)) plans[region] = plan = RegionPlan.Of(region);
        foreach (var planned in plan)
        {
            var node = planned.Node;
            if (node is OperatorNode op) Run(op, planned.InPlace, values);
            else if (node is ModuleNode module) Run(module, values);
            else if (!node.OwnsOutputs) foreach (var kept in node.Outputs) values[kept] = new Storage(0);
            else RunParts(node, values);
            // A region may stand inside of another that made the value.
            foreach (var dead in planned.Dead)
            {
                if (values.TryGetValue(dead, out var storage)) Release(storage);
            }
        }
    }

    private void Run(OperatorNode node, bool inPlace, Dictionary<GraphValue, Storage> values)
    {
        var needs = BackwardNeeds.Of(node.Operator);
        if (isTraining && needs.Inputs) foreach (var input in node.Inputs) values[input].IsKept = true;
        foreach (var output in node.Outputs)
        {
            if (inPlace || (node.Operator.IsView && node.Inputs.Count > 0))
            {
                values[output] = values[node.Inputs[0]];
                if (!inPlace) values[output].Holders++;
            }
            else
            {
                values[output] = Make(output.Type);
            }
            if (!isTraining) continue;
            values[output].IsKept |= needs.Output;
            if (needs.BytesPerElement > 0) Make(output.Type, needs.BytesPerElement).IsKept = true;
        }
    }

    private void Run(ModuleNode module, Dictionary<GraphValue, Storage> values)
    {
        var inside = new Dictionary<GraphValue, Storage>();
        for (var i = 0; i < module.Body.Inputs.Count; i++) inside[module.Body.Inputs[i]] = values[module.Inputs[i]];
        Run(module.Body, inside);
        for (var i = 0; i < module.Outputs.Count; i++)
        {
            var result = inside[module.Body.Results[i]];
            values[module.Outputs[i]] = result;
            // What flows through unchanged is handed on as another tensor over the same memory.
            if (module.Body.Inputs.Contains(module.Body.Results[i])) result.Holders++;
        }
    }

    // A choice or a loop: each of its parts runs once, and its outputs are made anew.
    private void RunParts(Node node, Dictionary<GraphValue, Storage> values)
    {
        // The body of a loop before its condition, which looks at the states in it.
        foreach (var region in node.Inside().Reverse())
        {
            var before = live;
            foreach (var input in region.Inputs.Where(i => !values.ContainsKey(i))) values[input] = Make(input.Type);
            Run(region, values);
            // What a checkpoint computes is forgotten; what flows in is kept, to compute it again.
            if (!isTraining || node is CheckpointNode) live = before;
            else if (node is LoopNode loop) Keep((live - before) * ((sizes.Count(loop.Steps.End - loop.Steps.Start) ?? 1) - 1));
        }
        if (isTraining && node is CheckpointNode) foreach (var input in node.Inputs) values[input].IsKept = true;
        foreach (var output in node.Outputs) values[output] = Make(output.Type);
    }

    // What each further step of a loop leaves for backward.
    private void Keep(long bytes)
    {
        live += Math.Max(0, bytes);
        peak = Math.Max(peak, live);
    }

    private Storage Make(TensorType type, long? bytesPerElement = null)
    {
        var bytes = sizes.BytesOf(type);
        if (bytesPerElement is { } width) bytes = bytes / SizeTable.WidthOf(type.Element) * width;
        isKnown &= bytes is not null;
        var storage = new Storage(bytes ?? 0);
        live += storage.Bytes;
        peak = Math.Max(peak, live);
        return storage;
    }

    private void Release(Storage storage)
    {
        if (--storage.Holders == 0 && !storage.IsKept) live -= storage.Bytes;
    }
}
