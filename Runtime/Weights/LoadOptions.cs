namespace Dlm.Runtime.Weights;

/// <summary>How a file's weights are given to a network.</summary>
public sealed record LoadOptions
{
    /// <summary>
    /// Every parameter and buffer of the network must be in the file, in its shape, and nothing else; or nothing is loaded. Otherwise
    /// what fits is loaded, and the report says what does not. The counts of batches that batch norms keep may be missing: files from before
    /// PyTorch 0.4.1 have none.
    /// </summary>
    public bool Strict { get; init; } = true;

    /// <summary>Which dict of a PyTorch file holds the weights, where that is not clear: see <see cref="WeightFile.Open"/>.</summary>
    public string? Part { get; init; }

    /// <summary>What is taken off the front of the file's keys when all of them begin so, and the network's do not: what wrappers add.</summary>
    public IReadOnlyList<string> StripPrefixes { get; init; } = ["module.", "_orig_mod."];

    /// <summary>How the file's keys are renamed, one rule after another, after prefixes were taken off. A key that becomes empty is left out.</summary>
    public IReadOnlyList<Renaming> Rename { get; init; } = [];

    /// <summary>Load only what of the network's keys matches one of these patterns (<c>features.*</c>); without any, everything.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Leave out what of the network's keys matches one of these patterns (<c>fc.*</c>): a head that is learnt anew.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];
}
