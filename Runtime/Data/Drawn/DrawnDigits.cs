namespace Dlm.Runtime.Data.Drawn;

/// <summary>Digits that the program draws itself, for machines with neither MNIST nor a network: strokes under random affine and elastic distortions.</summary>
public static class DrawnDigits
{
    private const int Digits = 10;

    /// <summary>Draws <paramref name="count"/> digits of 28 x 28 pixels, each of the ten equally often.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed draws the same digits; another seed, others.</param>
    public static LabelledImages Draw(int count, ulong seed)
    {
        const int Size = DigitPen.Side * DigitPen.Side;
        byte[] pixels = new byte[checked(count * Size)];
        byte[] labels = new byte[count];
        Parallel.For(0, count, i =>
        {
            labels[i] = (byte)(i % Digits);
            new DigitPen(new RandomStream(seed, (ulong)i)).Draw(labels[i], pixels.AsSpan(i * Size, Size));
        });
        return new LabelledImages(pixels, labels, 1, DigitPen.Side, DigitPen.Side, Digits, Mnist.Mean, Mnist.Deviation);
    }
}
