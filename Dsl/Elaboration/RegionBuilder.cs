using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Elaboration;

/// <summary>
/// A region that grows stage by stage: its keys, its named tensors, and what flows into the next stage. A module of its own (a
/// group, a turn of a loop) sees outer tensors through inputs of its own; a branch sees them as they are.
/// </summary>
internal sealed class RegionBuilder(KeyScope keys, IReadOnlyList<GraphValue> inputs, RegionBuilder? outer = null, bool isModule = true)
{
    private readonly Dictionary<string, Value> names = new(StringComparer.Ordinal);
    private readonly List<GraphValue> inner = [.. inputs];
    private readonly List<GraphValue> captured = [];
    private readonly Dictionary<string, SharedLayer> layers = new(StringComparer.Ordinal);
    private readonly HashSet<string> states = new(StringComparer.Ordinal);

    private bool isOwnBranch;

    public KeyScope Keys { get; } = keys;

    /// <summary>What flows into the next stage.</summary>
    public Value Flow { get; set; } = Value.Of(inputs);

    public List<Node> Nodes { get; init; } = [];

    /// <summary>The outer tensors that it uses besides what flows in, in the order of the inputs that stand for them.</summary>
    public IReadOnlyList<GraphValue> Captured => captured;

    /// <summary>Every name that stands for a tensor.</summary>
    public IEnumerable<string> Names => outer is null ? names.Keys : names.Keys.Concat(outer.Names);

    /// <summary>A tensor at hand whose device and precision a new one gets: what flows, or an input, floats before others.</summary>
    public GraphValue? Like
    {
        get
        {
            var candidates = Flow.Tensors.Concat(Root.inner).ToArray();
            return candidates.FirstOrDefault(t => !t.IsOptional && t.Type.Element is ElementType.Float or ElementType.Float64) ?? candidates.FirstOrDefault(t => !t.IsOptional);
        }
    }

    /// <summary>
    /// Whether a size can be read off a tensor that flows into this module, to which an outer one may be added for it.
    /// </summary>
    public bool ShowsSize(DimSymbol size) => ShowsSize(size, Given);

    private bool ShowsSize(DimSymbol size, HashSet<GraphValue> given)
    {
        if (!isModule) return outer!.ShowsSize(size, given);
        if (inner.Any(Shows)) return true;
        if (outer is null || !outer.ShowsSize(size, given)) return false;
        Capture(outer.Root.inner.First(Shows));
        return true;

        bool Shows(GraphValue value) => (!value.IsOptional || given.Contains(value)) && value.Type.Dims.Any(d => d.AsSymbol?.Name == size.Name);
    }

    public void Declare(string name, Value value) => names[name] = value;

    /// <summary>The tensors of a name, or null.</summary>
    public Value? Find(string name)
    {
        if (names.TryGetValue(name, out var value)) return value;
        if (outer?.Find(name) is not { } found) return null;
        return names[name] = isModule && found.Tensors.Count > 0 ? Value.Of(found.Tensors.Select(Capture).ToArray()) : found;
    }

    /// <summary>A branch of a choice: it goes on from here, with nodes of its own.</summary>
    public RegionBuilder Branch() => new(Keys, [], this, isModule: false) { Flow = Flow, isOwnBranch = true };

    /// <summary>A part of it that is run as one, with the same keys.</summary>
    public RegionBuilder Part() => new(Keys, [], this, isModule: false) { Flow = Flow };

    /// <summary>More of the same, with names of its own.</summary>
    public RegionBuilder More() => new(Keys, [], this, isModule: false) { Flow = Flow, Nodes = Nodes };

    /// <summary>Whether it belongs to a branch of a choice, of which the constructor may make only one.</summary>
    public bool IsBranch => isOwnBranch || (!isModule && outer!.IsBranch);

    /// <summary>The module that it is a part of.</summary>
    public RegionBuilder Root => isModule ? this : outer!.Root;

    /// <summary>The optional inputs that are known to be there.</summary>
    public HashSet<GraphValue> Given { get; } = outer is null ? [] : [.. outer.Given];

    public void DeclareLayer(SharedLayer layer) => layers[layer.Name.Text] = layer;

    /// <summary>The stage of this module that has the key, or null.</summary>
    public Node? FindStage(string key) => Nodes.FirstOrDefault(n => n.Key == key) ?? (isModule ? null : outer!.FindStage(key));

    /// <summary>The keys of the stages of this module.</summary>
    public IEnumerable<string> StageNames => Nodes.Select(n => n.Key).Where(k => k is not null).Concat(isModule ? [] : outer!.StageNames)!;

    /// <summary>The shared layer of a name, or null.</summary>
    public SharedLayer? FindLayer(string name) => layers.TryGetValue(name, out var layer) ? layer : outer?.FindLayer(name);

    /// <summary>The body of a loop, which uses the keys and the tensors of what it stands in.</summary>
    public RegionBuilder LoopBody(IReadOnlyList<GraphValue> inputs) => new(Keys, inputs, this, isModule: false) { Yields = [] };

    /// <summary>What a loop collects; null outside of one.</summary>
    public List<Value>? Yields { get; private init; }

    /// <summary>Declares a name that a line can give a new value.</summary>
    public void DeclareState(string name, Value value)
    {
        states.Add(name);
        Declare(name, value);
    }

    /// <summary>Whether a line can give the name a new value.</summary>
    public bool IsState(string name) => states.Contains(name);

    public Region ToRegion(IReadOnlyList<InitRule>? init = null) => new(inner, Nodes, Flow.Tensors) { Init = init ?? [], InOrder = InOrder() };

    // A layer is made where it is declared, as in PyTorch, though its first call stands further down.
    private IReadOnlyList<Node> InOrder()
    {
        var declared = layers.Values.Where(l => l is { Position: not null, First: not null }).Select((layer, i) => (layer.First, Place: (2 * layer.Position!.Value, i))).ToDictionary(l => l.First!, l => l.Place);
        if (declared.Count == 0) return Nodes;
        return Nodes.Select((node, i) => (Node: node, Place: declared.TryGetValue(node, out var place) ? place : (2 * i + 1, 0))).OrderBy(n => n.Place).Select(n => n.Node).ToArray();
    }

    private GraphValue Capture(GraphValue value)
    {
        if (captured.IndexOf(value) is >= 0 and var known) return inner[inner.Count - captured.Count + known];
        var proxy = value.AsInput(isGiven: Given.Contains(value));
        captured.Add(value);
        inner.Add(proxy);
        return proxy;
    }
}
