using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>
/// The groups and frozen parameters of the networks that an objective steps. Patterns are over the keys of its checkpoint, which begin with the
/// network's name; each optimizer gets those that are for its network, over that network's own keys.
/// </summary>
internal sealed class NetworkGroups(ElaborationSession session, GroupReader reader, DiagnosticBag diagnostics)
{
    private readonly Dictionary<ObjectiveNetwork, string[]> keys = [];
    private IReadOnlyList<string> frozen = [];
    private IReadOnlyList<RecipeGroup> groups = [];

    /// <summary>Reads them; whether nothing was reported.</summary>
    public bool Read(ElaboratedObjective objective, TextSpan? freeze)
    {
        foreach (var network in objective.Stepped)
        {
            keys[network] = [.. (network.StateIn(session) ?? []).Where(s => !s.Weight.IsBuffer).Select(s => s.Key)];
        }
        string[] all = [.. keys.SelectMany(k => k.Value.Select(key => $"{k.Key.Name}.{key}"))];
        if (reader.ReadFrozen(all) is not { } kept || reader.ReadGroups(all, kept) is not { } parts) return false;
        (frozen, groups) = (kept, parts);
        if (keys.All(k => k.Value.Length == 0 || k.Value.Any(key => !frozen.Any(p => KeyGlob.MayMatch(p, $"{k.Key.Name}.{key}"))))) return true;
        diagnostics.At(freeze!.Value).NothingLearns();
        return false;
    }

    /// <summary>The groups of a network, in their order, without those that are for others alone.</summary>
    public IReadOnlyList<RecipeGroup> GroupsOf(ObjectiveNetwork network)
    {
        var own = new List<RecipeGroup>();
        string[] left = [.. keys[network].Where(key => !frozen.Any(p => KeyGlob.MayMatch(p, $"{network.Name}.{key}")))];
        foreach (var group in groups)
        {
            own.AddRange(Own(group.Pattern, network, left).Select(pattern => group with { Pattern = pattern }));
            left = [.. left.Where(key => !KeyGlob.MayMatch(group.Pattern, $"{network.Name}.{key}"))];
        }
        return own;
    }

    /// <summary>What stays as it is in a network.</summary>
    public IReadOnlyList<string> FrozenOf(ObjectiveNetwork network) => [.. frozen.SelectMany(pattern => Own(pattern, network, keys[network]))];

    // "generator.main.*" is "main.*" of the generator; "*.bias" is "*.bias" of every network, and its own "bias".
    private static IEnumerable<string> Own(string pattern, ObjectiveNetwork network, string[] keys)
    {
        var prefix = network.Name + ".";
        string[] meant = [.. keys.Where(key => KeyGlob.MayMatch(pattern, prefix + key))];
        if (meant.Length == 0) return [];
        if (meant.Length == keys.Length) return ["*"];
        if (pattern.StartsWith(prefix, StringComparison.Ordinal)) return [pattern.Substring(prefix.Length)];
        if (pattern[0] != '*') return meant;
        var same = meant.Where(key => KeyGlob.MayMatch(pattern, key)).ToArray();
        return (same.Length > 0 ? [pattern] : Array.Empty<string>()).Concat(meant.Except(same));
    }
}
