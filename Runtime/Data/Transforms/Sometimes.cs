namespace Dlm.Runtime.Data.Transforms;

/// <summary>Does something to some of the images only.</summary>
/// <param name="chance">To what share of them.</param>
/// <param name="transforms">What is done to those.</param>
public sealed class Sometimes(double chance, params IImageTransform[] transforms) : IImageTransform
{
    /// <inheritdoc/>
    public void Apply(Image image, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (random.NextDouble() >= chance) return;
        foreach (IImageTransform transform in transforms) transform.Apply(image, random);
    }
}
