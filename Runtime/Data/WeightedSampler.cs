using System.Globalization;

namespace Dlm.Runtime.Data;

/// <summary>
/// Draws samples by weight, other ones each epoch, decided by a seed alone: with replacement each draw takes a sample with
/// the probability of its share in the sum of all weights, without it of its share in what is left, as <c>torch.multinomial</c> does.
/// </summary>
public sealed class WeightedSampler : ISampler
{
    private readonly double[] _weights;
    private readonly double[] _sums; // of the weights up to each one, itself included
    private readonly bool _replacement;

    /// <summary>Draws <paramref name="count"/> samples an epoch.</summary>
    /// <param name="weights">The weight of each sample, of any sum; what weighs 0 is never drawn.</param>
    /// <param name="count">How many samples an epoch draws.</param>
    /// <param name="seed">The same seed gives the same orders.</param>
    /// <param name="replacement">Whether a sample can be drawn again in the same epoch.</param>
    /// <exception cref="ArgumentException">
    /// A weight is negative or no number, all are 0, or without replacement there are fewer samples with a weight than are to be drawn.
    /// </exception>
    public WeightedSampler(IReadOnlyList<double> weights, long count, ulong seed, bool replacement = true)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        (_weights, _sums, Count, Seed, _replacement) = ([.. weights], new double[weights.Count], count, seed, replacement);
        double sum = 0;
        for (int i = 0; i < _weights.Length; i++)
        {
            double weight = _weights[i];
            if (!double.IsFinite(weight) || weight < 0)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The weight of sample {i} is {weight}; weights are numbers from 0 on."), nameof(weights));
            }

            _sums[i] = sum += weight;
        }

        if (count > 0 && !(sum > 0 && double.IsFinite(sum))) throw new ArgumentException("The weights add up to " + (sum > 0 ? "more than a number can hold." : "0, so that no sample can be drawn."), nameof(weights));
        int possible = _weights.Count(weight => weight > 0);
        if (!replacement && count > possible)
        {
            throw new ArgumentException($"{count} samples cannot be drawn without replacement, as only {possible} have a weight above 0.", nameof(count));
        }
    }

    /// <inheritdoc/>
    public long Count { get; }

    /// <summary>The seed of the draws.</summary>
    public ulong Seed { get; private set; }

    /// <summary>The seed, in decimal.</summary>
    /// <exception cref="FormatException">The text set is not a seed.</exception>
    public string State
    {
        get => Seed.ToString(CultureInfo.InvariantCulture);
        set => Seed = ulong.Parse(value, CultureInfo.InvariantCulture);
    }

    /// <summary>Draws as many samples as there are so that every class comes up equally often, however rare it is.</summary>
    /// <param name="classes">The class of each sample.</param>
    /// <param name="seed">The same seed gives the same orders.</param>
    public static WeightedSampler Balanced(IReadOnlyList<int> classes, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(classes);
        Dictionary<int, int> sizes = classes.CountBy(c => c).ToDictionary();
        return new WeightedSampler([.. classes.Select(c => 1.0 / sizes[c])], classes.Count, seed);
    }

    /// <inheritdoc/>
    public long[] Order(int epoch)
    {
        RandomStream random = new(Seed, (ulong)epoch);
        if (!_replacement) return Distinct(random);
        long[] order = new long[Count];
        for (int i = 0; i < order.Length; i++) order[i] = FirstAbove(random.NextDouble() * _sums[^1]);
        return order;
    }

    // Binary search for the first sum above the number: samples of weight 0 add nothing to the sum before them, and are passed by.
    private int FirstAbove(double number)
    {
        (int low, int high) = (0, _sums.Length - 1);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_sums[middle] > number) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    // The samples that come first in a race of exponential times, whose rates are the weights (Efraimidis and Spirakis, 2006).
    private long[] Distinct(RandomStream random)
    {
        (long Sample, double Time)[] race = new (long, double)[_weights.Length];
        for (int i = 0; i < race.Length; i++) race[i] = (i, -Math.Log(1 - random.NextDouble()) / _weights[i]);
        return [.. race.Where(runner => _weights[runner.Sample] > 0).OrderBy(runner => runner.Time).Take((int)Count).Select(runner => runner.Sample)];
    }
}
