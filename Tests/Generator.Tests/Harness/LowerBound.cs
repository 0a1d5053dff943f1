using Dlm.Dsl.Analysis;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Operators;

namespace Dlm.Generator.Tests.Harness;

/// <summary>
/// The least memory that a graph takes, whatever the order in which its tensors are freed: at each operator what it reads and makes, and
/// what a later one still needs. What runs inside of groups, blocks and loops is laid out flat, and an operator that can work in place does.
/// </summary>
internal sealed class LowerBound(SizeTable sizes)
{
    private readonly List<Step> steps = [];

    /// <summary>In bytes, without what flows in.</summary>
    public static long Of(ElaboratedModel model, SizeTable sizes)
    {
        var bound = new LowerBound(sizes);
        var values = model.AtDefaults.Inputs.ToDictionary(i => i, _ => new Tensor(0));
        bound.Lay(model.AtDefaults, values);
        return bound.Most([.. model.AtDefaults.Results.Select(r => values[r])]);
    }

    /// <summary>A tensor; a view is the same as what it looks at.</summary>
    private sealed record class Tensor(long Bytes)
    {
        public bool Equals(Tensor? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }

    private sealed record Step(IReadOnlyList<Tensor> Reads, IReadOnlyList<Tensor> Makes, bool CanOverwrite);

    private void Lay(Region region, Dictionary<GraphValue, Tensor> values)
    {
        foreach (var node in region.Nodes)
        {
            switch (node)
            {
                // In inference a dropout is nothing.
                case OperatorNode view when view.Operator.IsView || view.Operator.Group == OperatorGroup.Dropout:
                    foreach (var output in view.Outputs) values[output] = values[view.Inputs[0]];
                    break;
                case OperatorNode op:
                    foreach (var output in op.Outputs) values[output] = new Tensor(sizes.BytesOf(output.Type)!.Value);
                    var canOverwrite = op.Operator.InPlaceMethod is not null && op.Inputs.Count > 0 && op.Inputs[0].Type.Equals(op.Output.Type);
                    steps.Add(new Step([.. op.Inputs.Select(i => values[i])], [.. op.Outputs.Select(o => values[o])], canOverwrite));
                    break;
                case ModuleNode module:
                    var inside = new Dictionary<GraphValue, Tensor>();
                    for (var i = 0; i < module.Inputs.Count; i++) inside[module.Body.Inputs[i]] = values[module.Inputs[i]];
                    Lay(module.Body, inside);
                    for (var i = 0; i < module.Outputs.Count; i++) values[module.Outputs[i]] = inside[module.Body.Results[i]];
                    break;
                case StateNode state:
                    values[state.Output] = new Tensor(0);
                    break;
                default:
                    throw new NotSupportedException(node.Name);
            }
        }
    }

    private long Most(IReadOnlyList<Tensor> results)
    {
        var ends = new Dictionary<Tensor, int>();
        for (var i = 0; i < steps.Count; i++)
        {
            foreach (var tensor in steps[i].Reads.Concat(steps[i].Makes)) ends[tensor] = i;
        }
        foreach (var result in results) ends[result] = steps.Count;
        var (live, most) = (0L, 0L);
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            live += step.Makes.Sum(t => t.Bytes);
            var reused = step.CanOverwrite && ends[step.Reads[0]] == i ? step.Reads[0].Bytes : 0;
            most = Math.Max(most, live - reused);
            live -= step.Reads.Concat(step.Makes).Distinct().Where(t => ends[t] == i).Sum(t => t.Bytes);
        }
        return most;
    }
}
