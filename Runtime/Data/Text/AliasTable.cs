namespace Dlm.Runtime.Data.Text;

/// <summary>Draws numbers by weight in constant time, whatever how many there are (Walker, 1977; Vose, 1991).</summary>
internal sealed class AliasTable
{
    private readonly double[] _kept;
    private readonly int[] _other;

    /// <summary>Prepares draws of 0 up to the number of weights.</summary>
    public AliasTable(double[] weights)
    {
        double mean = weights.Sum() / weights.Length;
        (_kept, _other) = ([.. weights.Select(weight => weight / mean)], [.. Enumerable.Range(0, weights.Length)]);
        Stack<int> small = new(_other.Where(i => _kept[i] < 1)), large = new(_other.Where(i => _kept[i] >= 1));
        while (small.TryPop(out int low) && large.TryPeek(out int high))
        {
            // What is missing to a whole place is filled up by one that has more than a place.
            _other[low] = high;
            _kept[high] -= 1 - _kept[low];
            if (_kept[high] < 1) small.Push(large.Pop());
        }

        // Rounding may leave some over; what weighs nothing must not be drawn even then.
        foreach (int rest in small.Where(rest => weights[rest] == 0)) _other[rest] = Array.FindIndex(weights, weight => weight > 0);
    }

    /// <summary>Draws one.</summary>
    public int Draw(RandomStream random)
    {
        int place = (int)random.NextInt64(_kept.Length);
        return random.NextDouble() < _kept[place] ? place : _other[place];
    }
}
