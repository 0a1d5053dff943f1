namespace Dlm.Runtime.Data.Transforms;

/// <summary>
/// Changes brightness, contrast, saturation and hue, in a random order, of images whose values are 0 to 1, as torchvision's
/// <c>ColorJitter</c> does. Grey images have neither saturation nor hue.
/// </summary>
/// <param name="brightness">The factor is drawn from [1 - brightness, 1 + brightness], but never below 0.</param>
/// <param name="contrast">Likewise.</param>
/// <param name="saturation">Likewise.</param>
/// <param name="hue">The turn is drawn from [-hue, hue], where 1 is the whole circle; at most 0.5.</param>
public sealed class ColorJitter(double brightness = 0, double contrast = 0, double saturation = 0, double hue = 0) : IImageTransform
{
    private readonly double _hue = hue is >= 0 and <= 0.5 ? hue : throw new ArgumentOutOfRangeException(nameof(hue), hue, "A hue is turned by at most 0.5, half the circle.");

    /// <inheritdoc/>
    public void Apply(Image image, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(random);
        Span<int> order = [0, 1, 2, 3];
        random.Shuffle(order);
        double bright = Factor(brightness), contrasted = Factor(contrast), saturated = Factor(saturation), turn = random.NextDouble(-_hue, _hue);
        foreach (int change in order)
        {
            if (change == 0 && brightness > 0) Colors.AdjustBrightness(image, bright);
            if (change == 1 && contrast > 0) Colors.AdjustContrast(image, contrasted);
            if (change == 2 && saturation > 0) Colors.AdjustSaturation(image, saturated);
            if (change == 3 && _hue > 0) Colors.AdjustHue(image, turn);
        }

        double Factor(double range) => random.NextDouble(Math.Max(0, 1 - range), 1 + range);
    }
}
