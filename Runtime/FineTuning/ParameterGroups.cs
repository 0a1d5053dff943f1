using Dlm.Runtime.Keys;
using Dlm.Runtime.Optimizers;
using TorchSharp.Modules;
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
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(groups);
        List<(string name, Parameter parameter)> left = [.. network.named_parameters().Where(entry => entry.parameter.requires_grad)];
        string[] keys = [.. left.Select(entry => entry.name)];
        List<ParameterGroup> made = [];
        foreach ((string text, double? rate) in groups)
        {
            KeyPattern pattern = new(text);
            (string Name, Parameter Parameter)[] own = [.. left.Where(entry => pattern.Matches(entry.name))];
            if (own.Length == 0)
            {
                throw new ArgumentException(
                    keys.Any(pattern.Matches) ? $"All that '{text}' matches is in an earlier group: put the narrower pattern first." : pattern.NothingMatches(keys, "parameter that learns"), nameof(groups));
            }

            left.RemoveAll(entry => pattern.Matches(entry.name));
            made.Add(new ParameterGroup(own, rate));
        }

        if (left.Count > 0)
        {
            string others = left.Count > 1 ? $" and {left.Count - 1} more" : "";
            throw new ArgumentException($"'{left[0].name}'{others} would never learn: no pattern matches. End with (\"*\", null), or freeze what shall stay.", nameof(groups));
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
        (string Name, Parameter Parameter)[][] modules =
            [.. network.named_parameters().Where(entry => entry.parameter.requires_grad).GroupBy(entry => entry.name.Split('.')[0]).Select(module => module.ToArray())];
        return [.. modules.Select((module, i) => new ParameterGroup(module, rate * Math.Pow(factor, modules.Length - 1 - i)))];
    }
}
