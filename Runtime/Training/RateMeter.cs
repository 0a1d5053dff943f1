using System.Diagnostics;

namespace Dlm.Runtime.Training;

/// <summary>How fast something goes on, over the last few seconds.</summary>
internal sealed class RateMeter
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(4);
    private readonly Queue<(long Time, double Done)> _marks = new();

    /// <summary>Notes how much has been done by now, and returns how much is done in a second; 0 where that cannot be told yet.</summary>
    public double Mark(double done)
    {
        long now = Stopwatch.GetTimestamp();
        _marks.Enqueue((now, done));
        while (_marks.Count > 2 && Stopwatch.GetElapsedTime(_marks.Peek().Time, now) > Window) _marks.Dequeue();
        double seconds = Stopwatch.GetElapsedTime(_marks.Peek().Time, now).TotalSeconds;
        return seconds > 0 ? (done - _marks.Peek().Done) / seconds : 0;
    }
}
