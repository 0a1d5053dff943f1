using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Transforms;

namespace Dlm.Runtime.Tests.Data;

/// <summary>What each transform makes of an image, against torchvision's numbers; and what chance may choose.</summary>
public sealed class TransformTests
{
    private const int Height = 7, Width = 9;
    private static readonly PythonReference Torchvision = new("Data/reference/transforms.py");

    [Theory]
    [InlineData("brightness 0.7")]
    [InlineData("brightness 1.4")]
    [InlineData("contrast 0.5")]
    [InlineData("contrast 1.6")]
    [InlineData("saturation 0.3")]
    [InlineData("saturation 1.8")]
    [InlineData("hue 0.2")]
    [InlineData("hue -0.45")]
    [InlineData("grey")]
    [InlineData("blur 3 0.8")]
    [InlineData("blur 5 1.7")]
    [InlineData("resize 4 5")]
    [InlineData("resize 3 9")]
    [InlineData("resize 7 2")]
    [InlineData("resize 12 20")]
    [InlineData("crop resize")]
    [InlineData("centre 4 6")]
    [InlineData("flip")]
    [InlineData("normalize")]
    public void Gives_the_numbers_of_torchvision(string name)
    {
        foreach (int channels in (int[])[1, 3])
        {
            Image image = Sample(channels);

            Apply(name.Split(' '), image);

            PythonReference.Close(Torchvision.Numbers(name, $"{channels}"), [.. image.Values.ToArray().Select(value => (double)value)], 2e-6);
        }
    }

    [Fact]
    public Task The_reference_is_what_torchvision_says_here() => Torchvision.RequireSame(1e-6);

    [Fact]
    public void A_random_crop_is_any_window_of_the_bordered_image()
    {
        HashSet<string> windows = [];
        for (int top = -2; top <= 4; top++)
        {
            for (int left = -2; left <= 4; left++) windows.Add(Text(Window(Sample(3), top, left, 5, 7, fill: 0.5f)));
        }

        HashSet<string> seen = [];
        for (ulong i = 0; i < 1000; i++)
        {
            Image image = Sample(3);
            new RandomCrop(5, 7, pad: 2, fill: 0.5).Apply(image, new RandomStream(1, i));
            seen.Add(Text(image.Values));
        }

        Assert.Equal(49, windows.Count);
        Assert.Equal(windows.Order(), seen.Order());
    }

    [Fact]
    public void Cutout_hides_a_square_that_may_hang_over_the_border()
    {
        HashSet<int> sizes = [];
        for (ulong i = 0; i < 300; i++)
        {
            Image image = Sample(3);
            float[] before = image.Values.ToArray();
            new Cutout(4, fill: -1).Apply(image, new RandomStream(2, i));
            int[] hidden = [.. Enumerable.Range(0, image.Area).Where(at => image.Plane(0)[at] == -1)];
            sizes.Add(hidden.Length);

            for (int at = 0; at < before.Length; at++) Assert.Equal(hidden.Contains(at % image.Area) ? -1 : before[at], image.Values[at]);
            (int rows, int columns) = (hidden.Select(at => at / Width).Distinct().Count(), hidden.Select(at => at % Width).Distinct().Count());
            Assert.Equal(hidden.Length, rows * columns);
        }

        // From a corner's 2 x 2 to 4 x 4, whatever the border leaves of each side.
        Assert.Equal([4, 6, 8, 9, 12, 16], sizes.Order());
    }

    [Fact]
    public void Half_of_the_images_are_flipped_and_the_others_stay()
    {
        int flipped = 0;
        float[] before = Sample(1).Values.ToArray(), turned = [.. before.Chunk(Width).SelectMany(row => row.Reverse())];
        for (ulong i = 0; i < 1000; i++)
        {
            Image image = Sample(1);
            new HorizontalFlip().Apply(image, new RandomStream(3, i));
            bool changed = !image.Values.SequenceEqual(before);
            Assert.True(!changed || image.Values.SequenceEqual(turned));
            if (changed) flipped++;
        }

        Assert.InRange(flipped, 440, 560);
    }

    [Fact]
    public void Color_jitter_stays_within_its_ranges()
    {
        HashSet<string> results = [];
        for (ulong i = 0; i < 400; i++)
        {
            Image image = Grey(0.5f);
            new ColorJitter(brightness: 0.4).Apply(image, new RandomStream(4, i));
            Assert.InRange(image.Values[0], 0.3f - 1e-6f, 0.7f);
            results.Add(Text(image.Values));
        }

        Assert.InRange(results.Count, 390, 400);
    }

    [Fact]
    public void Color_jitter_uses_every_order()
    {
        int brightFirst = 0, contrastFirst = 0;
        for (ulong i = 0; i < 200; i++)
        {
            RandomStream random = new(5, i);
            Span<int> order = [0, 1, 2, 3];
            random.Shuffle(order);
            double bright = random.NextDouble(0.2, 1.8), contrast = random.NextDouble(0.2, 1.8);
            Image image = Sample(3), expected = Sample(3);
            new ColorJitter(0.8, 0.8).Apply(image, new RandomStream(5, i));
            bool first = order.IndexOf(0) < order.IndexOf(1);
            if (first) Colors.AdjustBrightness(expected, bright);
            Colors.AdjustContrast(expected, contrast);
            if (!first) Colors.AdjustBrightness(expected, bright);

            Assert.Equal(Text(expected.Values), Text(image.Values));
            if (first) brightFirst++;
            else contrastFirst++;
        }

        Assert.InRange(brightFirst, 70, 130);
        Assert.InRange(contrastFirst, 70, 130);
    }

    [Fact]
    public void A_resized_piece_has_an_area_and_proportions_within_the_bounds()
    {
        List<double> areas = [], proportions = [];
        for (ulong i = 0; i < 500; i++)
        {
            // Column numbers in one plane and row numbers in another: a linear ramp stays one, so that the result tells which piece it was.
            Image image = Ramps(60, 80);
            new RandomResizedCrop(10, 0.2, 0.7).Apply(image, new RandomStream(6, i));
            double width = (image.Plane(0)[5] - image.Plane(0)[4]) * 10, height = (image.Plane(1)[50] - image.Plane(1)[40]) * 10;
            Assert.Equal((10, 10), (image.Height, image.Width));
            areas.Add(width * height / 4800);
            proportions.Add(width / height);
        }

        // To the nearest pixel.
        Assert.InRange(areas.Min(), 0.18, 0.25);
        Assert.InRange(areas.Max(), 0.6, 0.72);
        Assert.InRange(areas.Average(), 0.4, 0.48);
        Assert.InRange(proportions.Min(), 0.73, 0.8);
        Assert.InRange(proportions.Max(), 1.25, 1.37);
    }

    [Fact]
    public void Where_no_piece_fits_it_is_the_largest_allowed_in_the_middle()
    {
        Image image = Ramps(4, 40);

        new RandomResizedCrop(4, 1, 1, 1, 1).Apply(image, new RandomStream(7));

        Assert.Equal([18, 19, 20, 21], image.Plane(0)[..4].ToArray());
        Assert.Equal([0, 1, 2, 3], image.Plane(1).ToArray().Chunk(4).Select(row => row[0]));
    }

    [Fact]
    public void Grey_can_be_one_channel()
    {
        Image three = Sample(3), one = Sample(3);
        new Grayscale().Apply(three, new RandomStream(1));
        new Grayscale(single: true).Apply(one, new RandomStream(1));

        Assert.Equal(1, one.Channels);
        Assert.Equal(three.Plane(2).ToArray(), one.Values.ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_an_error_that_says_so()
    {
        Assert.Contains("A window of 20 x 20 does not fit", Assert.Throws<InvalidOperationException>(() => new RandomCrop(20).Apply(Sample(1), new RandomStream(1))).Message, StringComparison.Ordinal);
        Assert.Contains("too small for a blur over 15", Assert.Throws<InvalidOperationException>(() => new GaussianBlur(15).Apply(Sample(1), new RandomStream(1))).Message, StringComparison.Ordinal);
        Assert.Contains("1 channels have not 3 means", Assert.Throws<InvalidOperationException>(() => new Normalize([0, 0, 0], [1, 1, 1]).Apply(Sample(1), new RandomStream(1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ColorJitter(hue: 0.6));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianBlur(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Grayscale(0.5, single: true));
    }

    private static void Apply(string[] words, Image image)
    {
        double number = words.Length > 1 && double.TryParse(words[1], out double parsed) ? parsed : 0;
        RandomStream random = new(1);
        switch (words[0])
        {
            case "brightness": Colors.AdjustBrightness(image, number); break;
            case "contrast": Colors.AdjustContrast(image, number); break;
            case "saturation": Colors.AdjustSaturation(image, number); break;
            case "hue": Colors.AdjustHue(image, number); break;
            case "grey": new Grayscale().Apply(image, random); break;
            case "blur": GaussianBlur.Blur(image, (int)number, double.Parse(words[2])); break;
            case "resize": new Resize((int)number, int.Parse(words[2])).Apply(image, random); break;
            case "crop": image.Crop(1, 2, 5, 6); Resize.To(image, 4, 4); break;
            case "centre": new CenterCrop((int)number, int.Parse(words[2])).Apply(image, random); break;
            case "flip": new HorizontalFlip(1).Apply(image, random); break;
            case "normalize": new Normalize([.. new[] { 0.4, 0.5, 0.6 }.Take(image.Channels)], [.. new[] { 0.2, 0.25, 0.3 }.Take(image.Channels)]).Apply(image, random); break;
            default: throw new ArgumentException(words[0]);
        }
    }

    private static Image Sample(int channels)
    {
        Image image = new();
        Span<float> values = image.Replace(channels, Height, Width);
        for (int i = 0; i < values.Length; i++) values[i] = (float)((i + 1) * 2654435761L % (1L << 32) / (double)(1L << 32));
        return image;
    }

    private static Image Grey(float value)
    {
        Image image = new();
        image.Replace(3, 2, 2).Fill(value);
        return image;
    }

    private static Image Ramps(int height, int width)
    {
        Image image = new();
        image.Replace(2, height, width);
        for (int i = 0; i < image.Area; i++) (image.Plane(0)[i], image.Plane(1)[i]) = (i % width, i / width);
        return image;
    }

    private static float[] Window(Image image, int top, int left, int height, int width, float fill) =>
    [
        .. from channel in Enumerable.Range(0, image.Channels)
           from row in Enumerable.Range(top, height)
           from column in Enumerable.Range(left, width)
           select row >= 0 && row < image.Height && column >= 0 && column < image.Width ? image.Plane(channel)[row * image.Width + column] : fill,
    ];

    private static string Text(ReadOnlySpan<float> values) => string.Join(" ", values.ToArray().Select(value => value.ToString("R")));
}
