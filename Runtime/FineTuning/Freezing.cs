using Dlm.Runtime.Keys;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dlm.Runtime.FineTuning;

/// <summary>Keeps parts of a network as they are while the rest learns.</summary>
public static class Freezing
{
    /// <summary>
    /// Freezes parameters: they require no gradient, and optimizers made afterwards leave them out. A module all of whose own parameters
    /// are frozen is put into evaluation mode as well, so that a frozen batch norm keeps its statistics; a <see cref="Training.Trainer"/> leaves it there.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="patterns">
    /// Which parameters, by key: <c>features.*</c>, <c>*.bias</c>, or the name of a module, <c>layer1</c>, for all that is in it. Without any, all of them.
    /// </param>
    /// <returns>How many numbers are changed from learning to frozen, or back.</returns>
    /// <exception cref="ArgumentException">A pattern matches nothing; the message offers what is near.</exception>
    public static long Freeze(this nn.Module network, params IReadOnlyList<string> patterns) => Set(network, patterns, frozen: true);

    /// <summary>Lets parameters learn again, and puts their modules into the network's own mode.</summary>
    /// <inheritdoc cref="Freeze"/>
    public static long Unfreeze(this nn.Module network, params IReadOnlyList<string> patterns) => Set(network, patterns, frozen: false);

    /// <summary>Puts modules all of whose own parameters are frozen into evaluation mode, after the network was put into another.</summary>
    internal static void KeepFrozenInEvaluation(nn.Module network)
    {
        foreach (nn.Module module in network.modules().Prepend(network).Where(IsFrozen)) SetOwnMode(module, training: false);
    }

    private static long Set(nn.Module network, IReadOnlyList<string> patterns, bool frozen)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(patterns);
        bool training = network.training;
        HashSet<Parameter> changed = new(ReferenceEqualityComparer.Instance); // tensors are equal when their values are
        foreach ((_, Parameter parameter) in Matching(network, patterns))
        {
            if (parameter.requires_grad != frozen) continue;
            parameter.requires_grad = !frozen;
            changed.Add(parameter);
        }

        foreach (nn.Module module in network.modules().Prepend(network).Where(module => OwnParameters(module).Any(changed.Contains))) SetOwnMode(module, training && !IsFrozen(module));
        return changed.Sum(parameter => parameter.numel());
    }

    private static IEnumerable<(string Name, Parameter Parameter)> Matching(nn.Module network, IReadOnlyList<string> patterns)
    {
        (string name, Parameter parameter)[] named = [.. network.named_parameters()];
        string[] keys = [.. named.Select(entry => entry.name)];
        KeyPattern[] parsed = [.. patterns.Select(pattern => new KeyPattern(pattern))];
        foreach (KeyPattern pattern in parsed)
        {
            if (!keys.Any(pattern.Matches)) throw new ArgumentException(pattern.NothingMatches(keys, "parameter of the network"), nameof(patterns));
        }

        return parsed.Length == 0 ? named : named.Where(entry => Array.Exists(parsed, pattern => pattern.Matches(entry.name)));
    }

    private static bool IsFrozen(nn.Module module)
    {
        Parameter[] own = [.. OwnParameters(module)];
        return own.Length > 0 && !Array.Exists(own, parameter => parameter.requires_grad);
    }

    private static IEnumerable<Parameter> OwnParameters(nn.Module module) => module.named_parameters(recurse: false).Select(entry => entry.parameter);

    // train() reaches the modules below as well; theirs stay as they were.
    private static void SetOwnMode(nn.Module module, bool training)
    {
        if (module.training == training) return;
        (nn.Module Module, bool Training)[] below = [.. module.modules().Select(child => (child, child.training))];
        module.train(training);
        foreach ((nn.Module child, bool mode) in below) child.train(mode);
    }
}
