using System.Diagnostics;
using System.Globalization;

namespace Dlm.Benchmarks.Compiler;

/// <summary>Rows of medians on the terminal.</summary>
internal static class Table
{
    private const int Runs = 15;
    private const int NameWidth = 46;

    /// <summary>The names of the columns that <see cref="Row"/> fills.</summary>
    public static void Head() => Console.WriteLine($"{"".PadRight(NameWidth)}{"median ms",12}{"fastest",10}{"slowest",10}");

    /// <summary>Measures <paramref name="work"/> several times, after a warm-up; <paramref name="prepare"/> is not counted.</summary>
    public static void Row(string name, Action work, Action? prepare = null)
    {
        var times = new List<double>();
        for (var i = -3; i < Runs; i++)
        {
            prepare?.Invoke();
            var time = Time(work).TotalMilliseconds;
            if (i >= 0) times.Add(time);
        }
        times.Sort();
        Line(name, string.Create(CultureInfo.InvariantCulture, $"{times[Runs / 2],12:F1}{times[0],10:F1}{times[^1],10:F1}"));
    }

    /// <summary>A row of other figures.</summary>
    public static void Line(string name, string figures) => Console.WriteLine(name.PadRight(NameWidth) + figures);

    /// <summary>How long <paramref name="work"/> takes.</summary>
    public static TimeSpan Time(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started);
    }
}
