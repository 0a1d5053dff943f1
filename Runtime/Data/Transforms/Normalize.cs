namespace Dlm.Runtime.Data.Transforms;

/// <summary>Takes a mean from each channel and divides it by a deviation.</summary>
/// <param name="means">A mean for each channel.</param>
/// <param name="deviations">A deviation for each channel.</param>
public sealed class Normalize(IReadOnlyList<double> means, IReadOnlyList<double> deviations) : IImageTransform
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There are not as many means and deviations as channels.</exception>
    public void Apply(Image image, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(image);
        Apply(image);
    }

    internal void Apply(Image image)
    {
        if (means.Count != image.Channels || deviations.Count != image.Channels)
        {
            throw new InvalidOperationException($"Images of {image.Channels} channels have not {means.Count} means and {deviations.Count} deviations.");
        }

        for (int channel = 0; channel < image.Channels; channel++)
        {
            (float mean, float deviation) = ((float)means[channel], (float)deviations[channel]);
            foreach (ref float value in image.Plane(channel)) value = (value - mean) / deviation;
        }
    }
}
