using static TorchSharp.torch;

namespace Dlm.Testing;

/// <summary>An objective to be checked: its networks, and what a step takes.</summary>
public sealed class ObjectiveSubject
{
    /// <summary>What messages call it.</summary>
    public required string Name { get; init; }

    /// <summary>Makes its networks, by their names in the objective, and what steps them with a batch.</summary>
    public required Func<(IReadOnlyDictionary<string, nn.Module> Networks, Action<Tensor[]> Step)> Make { get; init; }

    /// <summary>Draws a batch.</summary>
    public required Func<Tensor[]> Inputs { get; init; }

    /// <summary>The networks that each step minimises.</summary>
    public required IReadOnlyCollection<string> Minimised { get; init; }

    /// <summary>Those that may change besides: by a copy, a mean or a clamp, or by a step that is not made each time.</summary>
    public IReadOnlyCollection<string> Updated { get; init; } = [];

    /// <summary>The seed of everything that is drawn.</summary>
    public long Seed { get; init; } = 1;
}
