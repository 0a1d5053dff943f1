using System.Globalization;

namespace Dlm.Runtime.Reports;

/// <summary>Maps numbers to a stretch of a picture, and chooses round numbers to mark on it.</summary>
internal sealed class Axis
{
    private readonly double _low, _high, _from, _to;
    private readonly bool _logarithmic;

    /// <summary>An axis that shows <paramref name="low"/> at <paramref name="from"/> and <paramref name="high"/> at <paramref name="to"/>.</summary>
    public Axis(double low, double high, double from, double to, bool logarithmic = false)
    {
        (_logarithmic, _from, _to) = (logarithmic, from, to);
        (_low, _high) = (Scale(low), Scale(high));
        if (_high <= _low) _high = _low + 1;
    }

    /// <summary>Where <paramref name="value"/> stands.</summary>
    public double At(double value) => _from + (Scale(value) - _low) / (_high - _low) * (_to - _from);

    /// <summary>The numbers to mark, with their texts: 1, 2 or 5 times a power of ten.</summary>
    public IEnumerable<(double Value, string Text)> Ticks(int wanted) =>
        (_logarithmic ? LogarithmicTicks(wanted) : LinearTicks(wanted)).Select(value => (value, Text(value)));

    private IEnumerable<double> LinearTicks(int wanted)
    {
        double rough = (_high - _low) / wanted, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = new[] { 1.0, 2, 5, 10 }.First(factor => factor * power >= rough) * power;
        for (long i = (long)Math.Ceiling(_low / step - 1e-9); i * step <= _high + step * 1e-9; i++) yield return i * step;
    }

    // Within a decade as many of 1, 2, 5 as there is room for, and on a wide axis only some of the decades.
    private IEnumerable<double> LogarithmicTicks(int wanted)
    {
        double decades = _high - _low;
        double[] factors = 3 * decades <= wanted + 1 ? [1, 2, 5] : [1];
        int every = (int)Math.Max(1, Math.Ceiling(decades / wanted));
        for (int power = (int)Math.Floor(_low); power <= Math.Ceiling(_high); power += every)
        {
            foreach (double factor in factors)
            {
                double value = factor * Math.Pow(10, power), scaled = Math.Log10(value);
                if (scaled >= _low - 1e-9 && scaled <= _high + 1e-9) yield return value;
            }
        }
    }

    private double Scale(double value) => _logarithmic ? Math.Log10(value) : value;

    private static string Text(double value) => Math.Abs(value) is 0 or (>= 1e-4 and < 1e6)
        ? Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture)
        : value.ToString("0.#e0", CultureInfo.InvariantCulture);
}
