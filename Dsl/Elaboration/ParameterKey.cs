using Dlm.Dsl.Operators;

namespace Dlm.Dsl.Elaboration;

/// <summary>A parameter of a body whose loops are not counted yet.</summary>
/// <param name="Key">Its key, with <see cref="Turn"/> in the place of the number of a turn.</param>
/// <param name="Layer">The layer that keeps it; null where the body does.</param>
/// <param name="Weight">Its name in the layer, and its shape.</param>
internal sealed record ParameterKey(string Key, OperatorNode? Layer, Weight Weight)
{
    /// <summary>Stands for the number of a turn: no letter of a name.</summary>
    public const char Turn = '#';

    /// <summary>Its name in its layer.</summary>
    public string Name => Weight.Name;

    /// <summary>The key as a pattern.</summary>
    public string Shown => Key.Replace(Turn, '*');

    /// <summary>Every parameter of the module that nodes make up, those of both branches of a choice that is open.</summary>
    public static IEnumerable<ParameterKey> Of(IEnumerable<Node> nodes, string prefix = "") => nodes.SelectMany(node => Of(node, prefix));

    private static IEnumerable<ParameterKey> Of(Node node, string prefix)
    {
        if (node.SharesWith is not null) return [];
        if (node is StateNode state) return state.IsBuffer ? [] : [new ParameterKey(prefix + state.Name, null, state.Weights[0])];
        var inner = node.Key is null ? prefix : $"{prefix}{node.Key}.";
        var own = node switch
        {
            RepeatNode repeat => OfTurn(repeat.Stage, $"{inner}{repeat.TurnName}{Turn}."),
            _ => OfTurn(node, inner),
        };
        return own.Concat(node.InlineRegions.SelectMany(region => Of(region.Nodes, prefix)));
    }

    private static IEnumerable<ParameterKey> OfTurn(Node node, string path) => node switch
    {
        OperatorNode layer => layer.Weights.Where(w => !w.IsBuffer).Select(w => new ParameterKey(path + w.Name, layer, w)),
        ModuleNode module => Of(module.Body.Nodes, path),
        RepeatNode repeat => OfTurn(repeat.Stage, $"{path}{repeat.TurnName}{Turn}."),
        _ => [],
    };
}
