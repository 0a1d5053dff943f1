using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Transforms;

/// <summary>
/// Several views of each image, changed independently, as contrastive learning compares them (Chen et al., 2020): the batch holds
/// "first" and "second" in place of the images.
/// </summary>
/// <param name="seed">The same seed gives the same views.</param>
/// <param name="transforms">What is done to each image for each view, in order.</param>
public sealed class Views(ulong seed, params IImageTransform[] transforms) : ITransform
{
    /// <summary>Which tensor of the batch holds the images.</summary>
    public string Field { get; init; } = Batch.InputName;

    /// <summary>What the views are called, and so how many there are.</summary>
    public IReadOnlyList<string> Names { get; init; } = ["first", "second"];

    /// <inheritdoc/>
    public Batch Apply(Batch batch, int epoch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor images = batch[Field];
        var views = new (string, Tensor)[Names.Count];
        for (int view = 0; view < views.Length; view++)
        {
            ulong own = new RandomStream(seed, (ulong)view).NextUInt64();
            views[view] = (Names[view], ImageBatch.Change(images, batch.Indices, transforms, own, epoch));
        }

        return batch.Without(Field).With(views);
    }
}
