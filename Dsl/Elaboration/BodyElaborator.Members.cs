using Dlm.Dsl.Operators;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

internal sealed partial class BodyElaborator
{
    /// <summary>
    /// <c>embed.weight</c>: a parameter of a stage that stands above, by the key that it has in the checkpoint. So a head uses the
    /// embedding's weight, and nothing is registered twice.
    /// </summary>
    private TensorItem? EvaluateMember(MemberSyntax member, RegionBuilder builder)
    {
        if (PathOf(member) is not { } path)
        {
            Diagnostics.At(member.Span).NotInLanguage("A '.' here", "It names a parameter of a stage above, such as embed.weight.");
            return null;
        }
        var first = path[0];
        var stage = builder.FindLayer(first)?.First ?? builder.FindStage(first);
        if (stage is null)
        {
            Diagnostics.At(member.Span).UnknownName("stage above with that name", first, builder.StageNames);
            return null;
        }
        var key = string.Join(".", path.Skip(1));
        var weights = WeightsOf(stage);
        if (!weights.TryGetValue(key, out var weight))
        {
            Diagnostics.At(member.Name.Span).UnknownName($"parameter of '{first}' called", key, weights.Keys);
            return null;
        }
        return new TensorItem(Add(new WeightNode($"{first}.{key}", weight, PlaceOf(member.Span), OriginOf($"{first}.{key}", member.Span)), builder).Output);
    }

    // embed.weight as its names; null where something else stands before a dot.
    private static string[]? PathOf(MemberSyntax member)
    {
        var path = new List<string> { member.Name.Text };
        var target = member.Target;
        for (; target is MemberSyntax outer; target = outer.Target) path.Add(outer.Name.Text);
        if (target is not NameSyntax name) return null;
        path.Add(name.Token.Text);
        path.Reverse();
        return path.ToArray();
    }

    private static Dictionary<string, Weight> WeightsOf(Node stage)
    {
        var leaves = stage is ModuleNode module ? module.Body.Leaves() : [new GraphLeaf("", stage, 1, false)];
        return leaves.Where(l => !l.IsAgain)
            .SelectMany(l => l.Node.Weights, (leaf, weight) => (Key: leaf.Key.Length > 0 ? $"{leaf.Key}.{weight.Name}" : weight.Name, weight))
            .ToDictionary(pair => pair.Key, pair => pair.weight, StringComparer.Ordinal);
    }
}
