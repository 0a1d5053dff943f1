using System.Globalization;
using System.Numerics;

namespace Dlm.Runtime.Data;

/// <summary>
/// A small seeded generator of random numbers (xoshiro256**, Blackman and Vigna, 2018) whose sequence never changes
/// between versions of .NET and whose state can be written down and read back.
/// </summary>
/// <remarks>Not safe for use by several threads at once: give each its own stream.</remarks>
public sealed class RandomStream
{
    private ulong _a, _b, _c, _d;

    /// <summary>Starts the sequence that belongs to <paramref name="seed"/> and <paramref name="stream"/>.</summary>
    /// <param name="seed">The seed of the whole run.</param>
    /// <param name="stream">Tells apart sequences under one seed: an epoch, a sample, a worker.</param>
    public RandomStream(ulong seed, ulong stream = 0)
    {
        ulong x = Mix(seed) ^ BitOperations.RotateLeft(Mix(stream + 0x9E3779B97F4A7C15), 32);
        _a = Mix(x += 0x9E3779B97F4A7C15);
        _b = Mix(x += 0x9E3779B97F4A7C15);
        _c = Mix(x += 0x9E3779B97F4A7C15);
        _d = Mix(x + 0x9E3779B97F4A7C15);
    }

    /// <summary>Starts the sequence that belongs to one sample in one epoch.</summary>
    /// <param name="seed">The seed of the whole run.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="sample">The sample's index.</param>
    public RandomStream(ulong seed, ulong epoch, ulong sample)
        : this(new RandomStream(seed, epoch).NextUInt64(), sample)
    {
    }

    /// <summary>The position in the sequence, as 64 hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text set is not such a state.</exception>
    public string State
    {
        get => string.Create(CultureInfo.InvariantCulture, $"{_a:x16}{_b:x16}{_c:x16}{_d:x16}");
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Length != 64) throw new FormatException("A random stream's state has 64 hexadecimal digits.");
            (_a, _b, _c, _d) = (Part(0), Part(1), Part(2), Part(3));

            ulong Part(int i) => ulong.Parse(value.AsSpan(16 * i, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        ulong shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A whole number in [0, <paramref name="bound"/>), every one equally likely (Lemire, 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public long NextInt64(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ulong n = (ulong)bound;
        ulong high = Math.BigMul(NextUInt64(), n, out ulong low);
        if (low < n)
        {
            ulong threshold = (0 - n) % n;
            while (low < threshold) high = Math.BigMul(NextUInt64(), n, out low);
        }

        return (long)high;
    }

    /// <summary>A number in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double NextDouble(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>A number drawn from the normal distribution with mean 0 and deviation 1 (Box and Muller, 1958).</summary>
    public double NextNormal() =>
        Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>A number in [0, 1] drawn from the beta distribution.</summary>
    /// <param name="alpha">Its first parameter, above 0.</param>
    /// <param name="beta">Its second one, above 0.</param>
    public double NextBeta(double alpha, double beta)
    {
        (double first, double second) = (NextLogGamma(alpha), NextLogGamma(beta));
        return 1 / (1 + Math.Exp(second - first));
    }

    /// <summary>Puts <paramref name="items"/> into a random order, each order equally likely (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = (int)NextInt64(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    // The logarithm, as for small shapes most numbers are too small to be told from 0 (Marsaglia and Tsang, 2000).
    private double NextLogGamma(double shape)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape);
        if (shape < 1) return NextLogGamma(shape + 1) + Math.Log(1 - NextDouble()) / shape;
        double d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = NextNormal(), v = 1 + c * x;
            if (v <= 0) continue;
            v = v * v * v;
            if (Math.Log(1 - NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v)) return Math.Log(d * v);
        }
    }

    // SplitMix64 (Steele et al., 2014): spreads close seeds far apart.
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
