namespace Dlm.Runtime.Reports;

/// <summary>What losses are around each of some batches: their mean, and a band that holds four fifths of them.</summary>
/// <param name="Batch">The batch, counted from 0.</param>
/// <param name="Low">A tenth of the losses around it is below this.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="High">A tenth of them is above this.</param>
internal readonly record struct LossBand(int Batch, double Low, double Mean, double High)
{
    private const int MostPoints = 240;
    private const double Neighbourhood = 1 / 60.0; // of the run, to either side
    private const double Tail = 0.1;

    /// <summary>The bands at some hundred batches of a run.</summary>
    /// <remarks>The neighbourhood reaches equally far to both sides, so that the mean does not lag behind; at the start, where losses fall fast, it shrinks.</remarks>
    public static IEnumerable<LossBand> Along(double[] losses)
    {
        int points = Math.Min(losses.Length, MostPoints);
        for (int i = 0; i < points; i++)
        {
            int batch = (int)((long)i * (losses.Length - 1) / Math.Max(1, points - 1));
            int before = Math.Min((int)(losses.Length * Neighbourhood), batch), after = Math.Min(before, losses.Length - 1 - batch);
            double[] some = [.. losses.AsSpan(batch - before, before + 1 + after).ToArray().Where(double.IsFinite).Order()];
            if (some.Length == 0) continue;
            yield return new LossBand(batch, some[(int)(Tail * (some.Length - 1))], some.Average(), some[(int)Math.Ceiling((1 - Tail) * (some.Length - 1))]);
        }
    }
}
