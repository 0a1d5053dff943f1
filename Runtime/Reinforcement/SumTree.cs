namespace Dlm.Runtime.Reinforcement;

/// <summary>Numbers with their sum and their least one, each found and changed in time log n: a binary tree laid out in an array.</summary>
internal sealed class SumTree
{
    private readonly int _leaves; // a power of two
    private readonly double[] _sums;
    private readonly double[] _least;

    /// <summary>Makes room for some numbers, all 0 and not counted among the least.</summary>
    public SumTree(int count)
    {
        _leaves = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, count));
        (_sums, _least) = (new double[2 * _leaves], new double[2 * _leaves]);
        Clear();
    }

    public double Sum => _sums[1];

    /// <summary>The least of the numbers that were set.</summary>
    public double Least => _least[1];

    public double this[int place]
    {
        get => _sums[_leaves + place];
        set
        {
            int node = _leaves + place;
            (_sums[node], _least[node]) = (value, value);

            // Summed up anew from both children, so that no error piles up, and the same numbers have the same sum whatever they were before.
            for (node /= 2; node > 0; node /= 2)
            {
                _sums[node] = _sums[2 * node] + _sums[2 * node + 1];
                _least[node] = Math.Min(_least[2 * node], _least[2 * node + 1]);
            }
        }
    }

    /// <summary>Takes all numbers out.</summary>
    public void Clear()
    {
        Array.Clear(_sums);
        Array.Fill(_least, double.PositiveInfinity);
    }

    /// <summary>The place at which the numbers, added up from the first, pass <paramref name="sum"/>.</summary>
    public int Find(double sum)
    {
        int node = 1;
        while (node < _leaves)
        {
            node *= 2;

            // Rounding must not lead to where there is nothing.
            if (sum < _sums[node] || _sums[node + 1] == 0) continue;
            sum -= _sums[node];
            node++;
        }

        return node - _leaves;
    }
}
