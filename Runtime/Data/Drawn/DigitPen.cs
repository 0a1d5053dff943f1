using System.Numerics;

namespace Dlm.Runtime.Data.Drawn;

/// <summary>Draws one digit as one more hand might write it.</summary>
internal sealed class DigitPen(RandomStream random)
{
    public const int Side = 28;
    private const double Box = 20;

    /// <summary>Draws <paramref name="digit"/> in white on black.</summary>
    /// <param name="digit">0 to 9.</param>
    /// <param name="pixels">Where to: 28 rows of 28 pixels, all black.</param>
    public void Draw(int digit, Span<byte> pixels)
    {
        Vector2[][][] shapes = DigitShapes.Strokes[digit];
        Vector2[][] strokes = [.. shapes[random.NextInt64(shapes.Length)].Select(stroke => (Vector2[])stroke.Clone())];
        Distort(strokes);
        FitIntoBox(strokes);

        double radius = random.NextDouble(0.75, 1.55);
        double ink = random.NextDouble(0.8, 1);
        foreach (Vector2[] stroke in strokes)
        {
            for (int i = 1; i < stroke.Length; i++) Ink(pixels, stroke[i - 1], stroke[i], radius, ink);
        }
    }

    // An elastic distortion (three slow waves of random direction and phase), then an affine one.
    private void Distort(Vector2[][] strokes)
    {
        (Vector2 Direction, Vector2 Wave, float Phase)[] waves = new (Vector2, Vector2, float)[3];
        foreach (ref var wave in waves.AsSpan())
        {
            wave.Direction = Vector(0.045);
            wave.Wave = Vector(2.6);
            wave.Phase = (float)random.NextDouble(0, 2 * Math.PI);
        }

        double turn = 0.13 * random.NextNormal();
        double slant = 0.1 + 0.17 * random.NextNormal();
        double widen = Math.Exp(0.16 * random.NextNormal());
        foreach (Vector2[] stroke in strokes)
        {
            foreach (ref Vector2 point in stroke.AsSpan())
            {
                Vector2 bent = point;
                foreach (var (direction, wave, phase) in waves) bent += direction * MathF.Sin(Vector2.Dot(wave, point) + phase);
                double x = widen * (bent.X - 0.5) - slant * (bent.Y - 0.7), y = bent.Y - 0.7;
                point = new((float)(x * Math.Cos(turn) - y * Math.Sin(turn)), (float)(x * Math.Sin(turn) + y * Math.Cos(turn)));
            }
        }
    }

    // As MNIST was made: the longer side fills a box of 20 pixels, give or take, and the centre of the ink comes to the middle.
    private void FitIntoBox(Vector2[][] strokes)
    {
        Vector2 low = new(float.MaxValue), high = new(float.MinValue), centre = Vector2.Zero;
        int count = 0;
        foreach (Vector2 point in strokes.SelectMany(stroke => stroke))
        {
            (low, high, centre, count) = (Vector2.Min(low, point), Vector2.Max(high, point), centre + point, count + 1);
        }

        Vector2 size = high - low;
        float scale = (float)((Box - 2) * random.NextDouble(0.88, 1.04)) / MathF.Max(size.X, size.Y);
        Vector2 middle = new Vector2(Side / 2f) + Vector(0.7);
        foreach (Vector2[] stroke in strokes)
        {
            foreach (ref Vector2 point in stroke.AsSpan()) point = middle + scale * (point - centre / count);
        }
    }

    private Vector2 Vector(double deviation) => new((float)(deviation * random.NextNormal()), (float)(deviation * random.NextNormal()));

    // A pixel is covered by as much as the line's edge leaves of it: white within the radius, fading over one pixel.
    private static void Ink(Span<byte> pixels, Vector2 from, Vector2 to, double radius, double ink)
    {
        float reach = (float)radius + 1;
        (int left, int right) = Range(MathF.Min(from.X, to.X), MathF.Max(from.X, to.X), reach);
        (int top, int bottom) = Range(MathF.Min(from.Y, to.Y), MathF.Max(from.Y, to.Y), reach);
        Vector2 along = to - from;
        float length = along.LengthSquared();
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                Vector2 pixel = new(x + 0.5f, y + 0.5f);
                float t = length > 0 ? Math.Clamp(Vector2.Dot(pixel - from, along) / length, 0, 1) : 0;
                double cover = Math.Clamp(radius + 0.5 - Vector2.Distance(pixel, from + t * along), 0, 1);
                ref byte value = ref pixels[y * Side + x];
                value = Math.Max(value, (byte)(255 * ink * cover));
            }
        }
    }

    private static (int First, int Last) Range(float low, float high, float reach) =>
        (Math.Max(0, (int)MathF.Floor(low - reach)), Math.Min(Side - 1, (int)MathF.Ceiling(high + reach)));
}
