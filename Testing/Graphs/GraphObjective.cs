using Dlm.Dsl.Analysis;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;
using static TorchSharp.torch;

namespace Dlm.Testing.Graphs;

/// <summary>An objective of which the compiler's graph is known: what it steps, and what a batch is.</summary>
public static class GraphObjective
{
    private const long Batch = 4;
    private const long Largest = 1024;
    private static readonly long[] Usual = [7, 8, 5, 32, 64];

    /// <summary>The subject.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="sizes">Every open size of its inputs.</param>
    /// <param name="make">Makes its networks, by their names, and what steps them.</param>
    /// <param name="seed">The seed of everything that is drawn.</param>
    public static ObjectiveSubject Of(
        ElaboratedObjective objective, SizeTable sizes, Func<(IReadOnlyDictionary<string, nn.Module> Networks, Action<Tensor[]> Step)> make, long seed = 1)
    {
        var body = objective.Body;
        var always = body.Nodes.OfType<MinimizeNode>().SelectMany(m => m.Networks).Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        var updated = body.AllNodes().OfType<UpdateNode>().Select(u => u.Target.Name).Concat(objective.Stepped.Select(n => n.Name)).Where(name => !always.Contains(name));
        return new ObjectiveSubject
        {
            Name = objective.Name,
            Make = make,
            Inputs = () => [.. body.Inputs.Select((input, i) => GraphInputs.Draw(input, GraphInputs.PortOf(input, i), IndexRange.Of(body, input, sizes), sizes))],
            Minimised = always,
            Updated = [.. updated.Distinct()],
            Seed = seed,
        };
    }

    /// <summary>Sizes that a step takes, small ones first; null where none are found.</summary>
    public static SizeTable? Sizes(ElaboratedObjective objective, IReadOnlyDictionary<string, long> given)
    {
        var inputs = objective.Body.Inputs;
        var values = given.ToDictionary(g => g.Key, g => g.Value, StringComparer.Ordinal);
        if (inputs.Count > 0 && inputs[0].Type is { Rank: > 0 } type && type[0].AsSymbol is { } batch) values.TryAdd(batch.Name, Batch);
        foreach (var (name, size) in NeededBy(objective)) values.TryAdd(name, size);
        var open = GraphInputs.OpenSizes(objective.Body).Where(name => !values.ContainsKey(name)).ToArray();
        // One size after the other: the first value that breaks no claim on what is known so far.
        foreach (var name in open)
        {
            var found = Usual.Concat(Range()).Cast<long?>().FirstOrDefault(value =>
            {
                values[name] = value!.Value;
                return Holds(objective, values);
            });
            if (found is null) return null;
        }
        return new SizeTable(values);

        static IEnumerable<long> Range()
        {
            for (var value = 1L; value <= Largest; value++) yield return value;
        }
    }

    // What flows into a network as it came in has the network's sizes.
    private static IEnumerable<(string Name, long Size)> NeededBy(ElaboratedObjective objective) =>
        from node in objective.Body.AllNodes().OfType<NetworkNode>()
        from port in node.Tensors.Zip(node.Network.Model.Body.Inputs)
        where port.First is not null && port.First.Type.Rank == port.Second.Type.Rank
        from dims in port.First.Type.Dims.Zip(port.Second.Type.Dims)
        let symbol = dims.First.AsSymbol
        let size = dims.Second.Substitute(IndexRange.Defaults(node.Network)).Value
        where symbol is not null && size is not null
        select (symbol.Name, size.Value);

    private static bool Holds(ElaboratedObjective objective, IReadOnlyDictionary<string, long> values)
    {
        StaticValue? Known(string name) => values.TryGetValue(name, out var value) ? new IntValue(value)
            : objective.OpenParameters.FirstOrDefault(p => p.Name == name)?.Default;
        return objective.InputChecks.All(claim => claim.Condition.Substitute(Known) is not BoolValue { Value: false });
    }
}
