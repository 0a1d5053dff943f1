using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Analysis;

/// <summary>A layer of a model, or the same layer of several blocks in a row.</summary>
/// <param name="Key">Its key; <c>layer1.1..2.conv1</c> is that of two blocks.</param>
/// <param name="Stage">The operator with its arguments.</param>
/// <param name="Output">What flows out.</param>
/// <param name="Parameters">How many numbers it trains, those of all blocks together.</param>
/// <param name="Macs">Multiply-accumulates for one sample, those of all blocks together; null where an open size decides.</param>
public sealed record LayerRow(string Key, string Stage, string Output, long Parameters, long? Macs);

/// <summary>
/// The layers that keep or multiply something, with the default arguments. Blocks in a row that are the same piece of graph are one, so
/// that the table of a net of a thousand layers is a dozen lines.
/// </summary>
public sealed class LayerTable
{
    private readonly ElaboratedModel model;
    private readonly List<LayerRow> rows = [];

    private LayerTable(ElaboratedModel model) => this.model = model;

    /// <summary>The layers in the order in which they run; null where a parameter without a default decides which there are.</summary>
    public static IReadOnlyList<LayerRow>? Of(ElaboratedModel model)
    {
        if (model.ParameterCount?.Value is null) return null;
        var table = new LayerTable(model);
        table.Add(model.AtDefaults, "", Dim.One, 1, isAgain: false);
        return table.rows;
    }

    // A loop runs its layers again, but has them once: parameters count as often as there are copies.
    private void Add(Region region, string prefix, Dim times, long copies, bool isAgain)
    {
        for (var i = 0; i < region.Nodes.Count; i++)
        {
            var node = region.Nodes[i];
            if (node is not ModuleNode module)
            {
                AddLeaf(node, Joined(prefix, node.Key), times, copies, isAgain || node.SharesWith is not null);
                foreach (var inner in node.InlineRegions) Add(inner, prefix, node is LoopNode loop ? times * (loop.Steps.End - loop.Steps.Start) : times, copies, isAgain);
                continue;
            }
            var last = i;
            while (last + 1 < region.Nodes.Count && IsSame(module, region.Nodes[last + 1])) last++;
            var key = last == i ? node.Key : $"{node.Key}..{region.Nodes[last].Key}";
            Add(module.Body, Joined(prefix, key), times * (last - i + 1), copies * (last - i + 1), isAgain || node.SharesWith is not null);
            i = last;
        }
    }

    private static bool IsSame(ModuleNode first, Node next) => next is ModuleNode module && module.Body == first.Body && first.SharesWith is null && module.SharesWith is null;

    private void AddLeaf(Node node, string key, Dim times, long copies, bool isAgain)
    {
        var macs = node is OperatorNode op ? Count(op.Macs * times) : 0;
        var trained = node.Weights.Where(w => !w.IsBuffer).ToArray();
        if (trained.Length == 0 && macs == 0) return;
        var parameters = isAgain ? 0 : trained.Sum(w => w.Count.Value ?? 0) * copies;
        var (own, text) = node is StateNode state ? (Joined(key, state.Name), "param") : (key, node is OperatorNode shown ? StageText.Of(shown) : node.Name);
        rows.Add(new LayerRow(own, text, string.Join(", ", node.Outputs.Select(o => o.Type)), parameters, macs));
    }

    private long? Count(Dim dim) => dim.Substitute(model.OneSample).Value;

    private static string Joined(string prefix, string? key) => key is null ? prefix : prefix.Length == 0 ? key : $"{prefix}.{key}";
}
