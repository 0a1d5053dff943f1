namespace Dlm.Runtime.Data.Transforms;

/// <summary>What is done to colours, where black is 0 and white is 1. The formulas are torchvision's.</summary>
internal static class Colors
{
    /// <summary>How bright a colour is.</summary>
    public static float Grey(float red, float green, float blue) => 0.2989f * red + 0.587f * green + 0.114f * blue;

    public static void RequireColor(Image image)
    {
        if (image.Channels is not (1 or 3)) throw new InvalidOperationException($"Images with {image.Channels} channels have no colours; those with 3 have, or grey ones with 1.");
    }

    public static void AdjustBrightness(Image image, double factor)
    {
        foreach (ref float value in image.Values) value = Clamp((float)factor * value);
    }

    public static void AdjustContrast(Image image, double factor)
    {
        RequireColor(image);
        double sum = 0;
        if (image.Channels == 1)
        {
            foreach (float value in image.Values) sum += value;
        }
        else
        {
            ReadOnlySpan<float> red = image.Plane(0), green = image.Plane(1), blue = image.Plane(2);
            for (int i = 0; i < red.Length; i++) sum += Grey(red[i], green[i], blue[i]);
        }

        float rest = (float)((1 - factor) * (sum / image.Area));
        foreach (ref float value in image.Values) value = Clamp((float)factor * value + rest);
    }

    public static void AdjustSaturation(Image image, double factor)
    {
        RequireColor(image);
        if (image.Channels == 1) return;
        Span<float> red = image.Plane(0), green = image.Plane(1), blue = image.Plane(2);
        float kept = (float)factor, share = (float)(1 - factor);
        for (int i = 0; i < red.Length; i++)
        {
            float grey = share * Grey(red[i], green[i], blue[i]);
            (red[i], green[i], blue[i]) = (Clamp(kept * red[i] + grey), Clamp(kept * green[i] + grey), Clamp(kept * blue[i] + grey));
        }
    }

    public static void AdjustHue(Image image, double turn)
    {
        RequireColor(image);
        if (image.Channels == 1) return;
        Span<float> red = image.Plane(0), green = image.Plane(1), blue = image.Plane(2);
        for (int i = 0; i < red.Length; i++)
        {
            (float hue, float saturation, float value) = ToHsv(red[i], green[i], blue[i]);
            hue += (float)turn;
            (red[i], green[i], blue[i]) = ToRgb(hue - MathF.Floor(hue), saturation, value);
        }
    }

    private static (float Hue, float Saturation, float Value) ToHsv(float r, float g, float b)
    {
        float high = MathF.Max(r, MathF.Max(g, b)), low = MathF.Min(r, MathF.Min(g, b));
        if (high == low) return (0, 0, high);
        float range = high - low;
        float red = (high - r) / range, green = (high - g) / range, blue = (high - b) / range;
        float sixths = high == r ? blue - green : high == g ? 2 + red - blue : 4 + green - red;
        float hue = sixths / 6 + 1;
        return (hue - MathF.Floor(hue), range / high, high);
    }

    private static (float Red, float Green, float Blue) ToRgb(float hue, float saturation, float value)
    {
        float sixths = hue * 6, whole = MathF.Floor(sixths), rest = sixths - whole;
        float p = Clamp(value * (1 - saturation)), q = Clamp(value * (1 - saturation * rest)), t = Clamp(value * (1 - saturation * (1 - rest)));
        return ((int)whole % 6) switch
        {
            0 => (value, t, p),
            1 => (q, value, p),
            2 => (p, value, t),
            3 => (p, q, value),
            4 => (t, p, value),
            _ => (value, p, q),
        };
    }

    private static float Clamp(float value) => Math.Clamp(value, 0f, 1f);
}
