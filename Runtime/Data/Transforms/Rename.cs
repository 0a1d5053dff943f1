namespace Dlm.Runtime.Data.Transforms;

/// <summary>Gives tensors of a batch the names that an objective reads them by; the others keep theirs.</summary>
/// <param name="names">What each was called, and what it is called now.</param>
public sealed class Rename(params (string From, string To)[] names) : ITransform
{
    /// <inheritdoc/>
    /// <exception cref="KeyNotFoundException">The batch has no tensor of such a name.</exception>
    public Batch Apply(Batch batch, int epoch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        foreach ((string from, _) in names) _ = batch[from];
        return new Batch(batch.Indices, [.. batch.Names.Select(name => (Array.Find(names, pair => pair.From == name).To ?? name, batch[name]))]);
    }
}
