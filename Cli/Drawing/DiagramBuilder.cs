using Dlm.Cli.Show;
using Dlm.Dsl.Analysis;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Operators;

namespace Dlm.Cli.Drawing;

/// <summary>Makes a diagram of a graph: stages that follow each other become one card, equal blocks in a row one box.</summary>
internal sealed class DiagramBuilder
{
    private const int MostStrips = 5;

    private readonly SizeTable sizes;
    private readonly int depth;
    private readonly Diagram diagram = new();
    private readonly Dictionary<GraphValue, (Item Item, int Port)> sources = [];
    private readonly Dictionary<GraphValue, int> uses = [];
    private readonly List<GraphValue> entries = [];

    private readonly string? batch;

    private DiagramBuilder(SizeTable sizes, int depth, string? batch)
    {
        this.sizes = sizes;
        this.depth = depth;
        this.batch = batch;
    }

    /// <summary>A whole model, with what is inside of boxes down to some depth.</summary>
    public static Diagram Of(ElaboratedModel model, SizeTable sizes, int depth)
    {
        var batch = model.AtDefaults.Inputs.FirstOrDefault()?.Type is { Rank: > 0 } type ? type[0].AsSymbol?.Name : null;
        var builder = new DiagramBuilder(sizes, depth, batch);
        foreach (var input in model.AtDefaults.Inputs)
        {
            var terminal = new Terminal($"{input.Name ?? "input"}: {builder.Shape(input)}", isInput: true);
            builder.diagram.Items.Add(terminal);
            builder.sources[input] = (terminal, 0);
        }
        builder.AddRegion(model.AtDefaults);
        for (var i = 0; i < model.AtDefaults.Results.Count; i++)
        {
            var name = model.Class.ResultNames.ElementAtOrDefault(i) is { Length: > 0 } said ? said : "output";
            var terminal = new Terminal($"{name}: {builder.Shape(model.AtDefaults.Results[i])}", isInput: false);
            builder.diagram.Items.Add(terminal);
            builder.Connect(model.AtDefaults.Results[i], terminal, 0);
        }
        return builder.diagram;
    }

    private void AddRegion(Region region)
    {
        foreach (var value in region.Nodes.SelectMany(n => n.Inputs).Concat(region.Results)) uses[value] = uses.TryGetValue(value, out var count) ? count + 1 : 1;
        for (var i = 0; i < region.Nodes.Count;)
        {
            var node = region.Nodes[i];
            if (node is OperatorNode op)
            {
                AddOperator(op);
                i++;
                continue;
            }
            var end = i + 1;
            while (end < region.Nodes.Count && Follows(region.Nodes[end - 1], region.Nodes[end])) end++;
            AddBox(node, region.Nodes[end - 1], end - i);
            i = end;
        }
    }

    // Another turn of a repeat, and nothing else looks at what the one before made.
    private bool Follows(Node before, Node node) => StageTree.Follows(before, node) && uses[before.Output] == 1;

    private void AddOperator(OperatorNode node)
    {
        var sign = StageText.SignOf(node);
        if (sign is not null && node.Inputs.Count > 1)
        {
            Add(node, new Junction(sign, Tip(node)));
            return;
        }
        var strip = new Strip(DiagramText.Of(node), node.Key ?? "", node.Operator.Group, Tip(node));
        if (node.Inputs is [var input] && IsMinor(node) && sources.TryGetValue(input, out var source) && source.Item is Card card && uses[input] == 1 && card.Strips.Count < MostStrips)
        {
            card.Strips.Add(strip);
            foreach (var output in node.Outputs) sources[output] = (card, 0);
            return;
        }
        var single = new Card();
        single.Strips.Add(strip);
        Add(node, single);
    }

    private static bool IsMinor(OperatorNode node) =>
        node.Operator.Group is OperatorGroup.Normalization or OperatorGroup.Activation or OperatorGroup.Dropout or OperatorGroup.Pooling or OperatorGroup.Shape;

    private void AddBox(Node first, Node last, int times)
    {
        var (title, tip) = (TitleOf(first), Tip(first));
        var key = first.Key is null ? "" : times > 1 ? $"{first.Key}..{last.Key}" : first.Key;
        var inside = new DiagramBuilder(sizes, depth - 1, batch);
        if (depth <= 0 || first is StateNode || !first.Inside().Any())
        {
            var card = new Card();
            card.Strips.Add(new Strip(title + (times > 1 ? $"  ×{times}" : ""), key, null, tip));
            Add(first, card, last);
            return;
        }
        foreach (var region in first.Inside())
        {
            if (first is ModuleNode or LoopNode) foreach (var input in region.Inputs) inside.AddEntry(input);
            inside.AddRegion(region);
            foreach (var result in ResultsOf(first, region))
            {
                var exit = new Gate(isEntry: false);
                inside.diagram.Items.Add(exit);
                inside.Connect(result, exit, 0);
            }
        }
        var box = new Box(title, key, times, tip, inside.diagram);
        diagram.Items.Add(box);
        var connected = new HashSet<GraphValue>();
        for (var i = 0; i < inside.entries.Count; i++)
        {
            if (Outside(first, inside.entries[i]) is not { } value) continue;
            connected.Add(value);
            Connect(value, box, i);
        }
        foreach (var input in first.Inputs.Where(connected.Add)) Connect(input, box, 0);
        SetSources(last, box);
    }

    // The tensor outside that comes in as one inside: a module and a loop have inputs of their own, a choice looks at what is around it.
    private GraphValue? Outside(Node node, GraphValue inside)
    {
        if (node is ModuleNode module)
        {
            for (var i = 0; i < module.Body.Inputs.Count; i++) if (module.Body.Inputs[i] == inside) return module.Inputs[i];
        }
        if (node is LoopNode loop)
        {
            if (loop.Slice == inside) return loop.Steps.Sequence;
            var state = loop.States.TakeWhile(s => s != inside).Count();
            if (state < loop.First.Count) return loop.First[state];
        }
        return sources.ContainsKey(inside) || node.Inputs.Contains(inside) ? inside : null;
    }

    // In the order of the node's outputs: of a loop what it collects comes before its states.
    private static IEnumerable<GraphValue> ResultsOf(Node node, Region region) => node is LoopNode loop && region == loop.Body
        ? region.Results.Skip(loop.First.Count).Concat(region.Results.Take(loop.First.Count))
        : region.Results;

    private void Add(Node node, Item item, Node? last = null)
    {
        diagram.Items.Add(item);
        foreach (var input in node.Inputs) Connect(input, item, 0);
        SetSources(last ?? node, item);
    }

    private void SetSources(Node node, Item item)
    {
        for (var i = 0; i < node.Outputs.Count; i++) sources[node.Outputs[i]] = (item, i);
    }

    private void AddEntry(GraphValue value)
    {
        if (sources.ContainsKey(value)) return;
        var gate = new Gate(isEntry: true);
        diagram.Items.Insert(entries.Count, gate);
        entries.Add(value);
        sources[value] = (gate, 0);
    }

    private void Connect(GraphValue value, Item item, int port)
    {
        // What is made further out comes in by a gate of its own.
        AddEntry(value);
        var (from, fromPort) = sources[value];
        if (diagram.Edges.Any(e => e.From == from && e.FromPort == fromPort && e.To == item && e.ToPort == port)) return;
        diagram.Edges.Add(new Edge(from, fromPort, item, port, Shape(value)));
    }

    private string Shape(GraphValue value) => DiagramText.Shape(value.Type, batch, sizes);

    private string TitleOf(Node node) => node switch
    {
        BlockNode block => StageText.Of(block),
        GroupNode group => group.Name,
        RepeatNode repeat => $"repeat {repeat.End - repeat.Start}",
        LoopNode loop => StageText.Of(loop, sizes),
        StateNode state => $"{(state.IsBuffer ? "buffer" : "param")} {state.Name}",
        IfNode => "if",
        _ => node.Name,
    };

    private string Tip(Node node)
    {
        var stage = node is OperatorNode op ? StageText.Of(op) : TitleOf(node);
        var shapes = string.Join(", ", node.Outputs.Select(o => sizes.Of(o.Type)));
        var parameters = node is OperatorNode { Weights: { Count: > 0 } weights } ? weights.Where(w => !w.IsBuffer).Aggregate((long?)0, (sum, w) => sum + sizes.Count(w.Count)) : 0;
        return $"{stage}\n{shapes}{(parameters is 0 ? "" : $"\n{Figures.Whole(parameters)} parameters")}";
    }
}
