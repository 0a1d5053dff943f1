namespace Dlm.Runtime.Data.Transforms;

/// <summary>Several transforms one after the other, such as an <see cref="Augmentation"/> and a <see cref="Mixup"/>.</summary>
/// <param name="transforms">In the order in which they work.</param>
public sealed class Chain(params ITransform[] transforms) : ITransform
{
    /// <inheritdoc/>
    public Batch Apply(Batch batch, int epoch) => transforms.Aggregate(batch, (current, transform) => transform.Apply(current, epoch));
}
