namespace Dlm.Runtime.Data.Transforms;

/// <summary>Changes one image, for <see cref="Augmentation"/> and <see cref="Views"/>.</summary>
/// <remarks>Called from several threads at once. What size comes out depends on the size that goes in and nothing else.</remarks>
public interface IImageTransform
{
    /// <summary>Changes the image.</summary>
    /// <param name="image">The image, and what it becomes.</param>
    /// <param name="random">The chance of this sample in this epoch.</param>
    void Apply(Image image, RandomStream random);
}
