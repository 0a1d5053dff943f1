using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Transforms;

/// <summary>Changes the images of each batch, one after the other, in another way each epoch.</summary>
/// <param name="seed">The same seed changes them in the same ways.</param>
/// <param name="transforms">What is done to each image, in order.</param>
public sealed class Augmentation(ulong seed, params IImageTransform[] transforms) : ITransform
{
    /// <summary>Which tensor of the batch holds the images.</summary>
    public string Field { get; init; } = Batch.InputName;

    /// <inheritdoc/>
    public Batch Apply(Batch batch, int epoch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor changed = ImageBatch.Change(batch[Field], batch.Indices, transforms, seed, epoch);
        return batch.With((Field, changed));
    }
}
