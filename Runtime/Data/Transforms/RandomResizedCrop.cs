namespace Dlm.Runtime.Data.Transforms;

/// <summary>Scales a random piece of the image, of random area and proportions, to one size (Szegedy et al., 2015; SimCLR's most important change).</summary>
/// <param name="size">The height and width that come out.</param>
/// <param name="smallest">The smallest share of the image's area that a piece has.</param>
/// <param name="largest">The largest.</param>
/// <param name="narrowest">The smallest proportion of width to height.</param>
/// <param name="widest">The largest.</param>
public sealed class RandomResizedCrop(int size, double smallest = 0.08, double largest = 1, double narrowest = 3.0 / 4, double widest = 4.0 / 3) : IImageTransform
{
    private const int Attempts = 10;

    /// <inheritdoc/>
    public void Apply(Image image, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(random);
        (int top, int left, int height, int width) = Choose(image, random);
        image.Crop(top, left, height, width);
        Resize.To(image, size, size);
    }

    private (int Top, int Left, int Height, int Width) Choose(Image image, RandomStream random)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            double area = image.Area * random.NextDouble(smallest, largest), proportion = Math.Exp(random.NextDouble(Math.Log(narrowest), Math.Log(widest)));
            (int height, int width) = (Whole(Math.Sqrt(area / proportion)), Whole(Math.Sqrt(area * proportion)));
            if (height < 1 || width < 1 || height > image.Height || width > image.Width) continue;
            return ((int)random.NextInt64(image.Height - height + 1), (int)random.NextInt64(image.Width - width + 1), height, width);
        }

        // No piece fitted: the largest in the middle whose proportions are allowed.
        double whole = (double)image.Width / image.Height;
        int rows = whole < narrowest ? Whole(image.Width / narrowest) : image.Height, columns = whole > widest ? Whole(image.Height * widest) : image.Width;
        return ((image.Height - rows) / 2, (image.Width - columns) / 2, rows, columns);
    }

    private static int Whole(double number) => (int)Math.Round(number, MidpointRounding.ToEven);
}
