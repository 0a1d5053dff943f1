using Dlm.Runtime.Keys;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Runtime.FineTuning;

/// <summary>Groups of a network's parameters, for optimizers: smaller rates for the layers that have learnt already.</summary>
public static class ParameterGroups
{
    /// <summary>A group for each pattern; a parameter belongs to the first that matches it. Frozen parameters are left out.</summary>
    /// <param name="network">The network.</param>
    /// <param name="groups">Patterns of keys (<c>layer1</c>, <c>*.bias</c>) with the learning rate of what matches; null for the optimizer's own.</param>
    /// <returns>What an optimizer takes.</returns>
    /// <exception cref="ArgumentException">
    /// A pattern matches no parameter that learns, or a parameter that learns matches none; the message offers what is near.
    /// </exception>
    public static IReadOnlyList<ParameterGroup> ByPattern(nn.Module network, params IReadOnlyList<(string Pattern, double? Rate)> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return ByPattern(network, [.. groups.Select(group => (group.Pattern, group.Rate, (double?)null))]);
    }

    /// <summary>The same with weight decays.</summary>
    /// <param name="network">The network.</param>
    /// <param name="groups">Patterns of keys with the learning rate and the weight decay of what matches; null for the optimizer's own.</param>
    /// <inheritdoc cref="ByPattern(nn.Module, IReadOnlyList{ValueTuple{string, double?}})"/>
    public static IReadOnlyList<ParameterGroup> ByPattern(nn.Module network, params IReadOnlyList<(string Pattern, double? Rate, double? WeightDecay)> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        string[] keys = Learning(network);
        List<string> left = [.. keys];
        List<ParameterGroup> made = [];
        foreach ((string text, double? rate, double? weightDecay) in groups)
        {
            KeyPattern pattern = new(text);
            HashSet<string> own = [.. left.Where(pattern.Matches)];
            if (own.Count == 0)
            {
                throw new ArgumentException(
                    keys.Any(pattern.Matches) ? $"All that '{text}' matches is in an earlier group: put the narrower pattern first." : pattern.NothingMatches(keys, "parameter that learns"), nameof(groups));
            }

            left.RemoveAll(own.Contains);
            made.Add(new ParameterGroup(network, own.Contains, rate, weightDecay));
        }

        if (left.Count > 0)
        {
            string others = left.Count > 1 ? $" and {left.Count - 1} more" : "";
            throw new ArgumentException($"'{left[0]}'{others} would never learn: no pattern matches. End with (\"*\", null), or freeze what shall stay.", nameof(groups));
        }

        return made;
    }

    /// <summary>
    /// A group for each module at the top of a network, in order, the last with the full rate and each before it with
    /// <paramref name="factor"/> times the next one's: "discriminative fine-tuning" (Howard and Ruder, 2018). Frozen parameters are left out.
    /// </summary>
    /// <param name="network">The network, its modules in the order in which data flows through them.</param>
    /// <param name="rate">The learning rate of the last module.</param>
    /// <param name="factor">How much smaller the rate becomes from one module to the one before; Howard and Ruder take 1 / 2.6.</param>
    public static IReadOnlyList<ParameterGroup> ByDepth(nn.Module network, double rate, double factor = 1 / 2.6)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        HashSet<string>[] modules = [.. Learning(network).GroupBy(key => key.Split('.')[0]).Select(module => module.ToHashSet())];
        return [.. modules.Select((own, i) => new ParameterGroup(network, own.Contains, rate * Math.Pow(factor, modules.Length - 1 - i)))];
    }

    private static string[] Learning(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return [.. network.named_parameters().Where(entry => entry.parameter.requires_grad).Select(entry => entry.name)];
    }
}
