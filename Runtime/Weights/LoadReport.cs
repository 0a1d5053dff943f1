using System.Text;
using Dlm.Runtime.Weights.Formats;
using static TorchSharp.torch;

namespace Dlm.Runtime.Weights;

/// <summary>A tensor that was loaded.</summary>
/// <param name="Key">Its key in the network.</param>
/// <param name="FileKey">Its key in the file.</param>
/// <param name="FileType">Its type in the file.</param>
/// <param name="Type">Its type in the network.</param>
public sealed record LoadedWeight(string Key, string FileKey, ScalarType FileType, ScalarType Type);

/// <summary>A tensor that the network has and the file has not.</summary>
/// <param name="Key">Its key in the network.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Near">A key of the file, of the same shape and not needed otherwise, that may be meant.</param>
public sealed record MissingWeight(string Key, IReadOnlyList<long> Shape, string? Near);

/// <summary>A tensor that both have, in different shapes.</summary>
/// <param name="Key">Its key in the network.</param>
/// <param name="FileShape">Its shape in the file.</param>
/// <param name="Shape">Its shape in the network.</param>
public sealed record MisshapenWeight(string Key, IReadOnlyList<long> FileShape, IReadOnlyList<long> Shape);

/// <summary>What came of loading weights into a network.</summary>
/// <param name="Path">The file.</param>
/// <param name="Loaded">What was loaded.</param>
/// <param name="Missing">What the network has and the file has not.</param>
/// <param name="Unexpected">What the file has and the network has not, by the file's keys.</param>
/// <param name="Misshapen">What both have in different shapes; the network's was kept.</param>
/// <param name="LeftOut">What the options left out, by the network's keys.</param>
public sealed record LoadReport(
    string Path,
    IReadOnlyList<LoadedWeight> Loaded,
    IReadOnlyList<MissingWeight> Missing,
    IReadOnlyList<WeightEntry> Unexpected,
    IReadOnlyList<MisshapenWeight> Misshapen,
    IReadOnlyList<string> LeftOut)
{
    private const int Shown = 12;

    /// <summary>Whether the file and the network have the same tensors, but for what was left out on purpose.</summary>
    public bool IsComplete => Missing.Count + Unexpected.Count + Misshapen.Count == 0;

    /// <summary>A line with the counts, and below it what does not fit.</summary>
    public override string ToString()
    {
        StringBuilder text = new($"{Path}: {Loaded.Count} tensors loaded");
        foreach (IGrouping<(ScalarType From, ScalarType To), LoadedWeight> converted in Loaded.Where(one => one.FileType != one.Type).GroupBy(one => (one.FileType, one.Type)))
        {
            text.Append($", {converted.Count()} of them from {converted.Key.From} to {converted.Key.To}");
        }

        if (LeftOut.Count > 0) text.Append($", {LeftOut.Count} left out as asked for");
        text.Append(IsComplete ? ", and that is all." : ".");
        return text.Append(Differences()).ToString();
    }

    /// <summary>What does not fit, a line each, with what may help.</summary>
    internal string Differences()
    {
        StringBuilder text = new();
        List("missing in the file", Missing, one => $"{one.Key} {TensorForm.Text([.. one.Shape])}{(one.Near is null ? "" : $"   did you mean the file's '{one.Near}'?")}");
        List("not in the network", Unexpected, one => $"{one.Key} {TensorForm.Text([.. one.Shape])}");
        List("of another shape", Misshapen, one => $"{one.Key} is {TensorForm.Text([.. one.FileShape])} in the file and {TensorForm.Text([.. one.Shape])} in the network");
        if (Suggestion() is { } rule) text.Append($"\n  it may help: Rename = [{rule}]");
        return text.ToString();

        void List<T>(string title, IReadOnlyList<T> items, Func<T, string> line)
        {
            if (items.Count == 0) return;
            text.Append($"\n  {title}, {items.Count}:");
            foreach (T item in items.Take(Shown)) text.Append($"\n    {line(item)}");
            if (items.Count > Shown) text.Append($"\n    and {items.Count - Shown} more");
        }
    }

    // One rule for a whole module, where all that is missing of it is in the file under another name for the module.
    private string? Suggestion()
    {
        (string From, string To)[] modules = [.. Missing.Where(one => one.Near is not null).Select(one => Modules(one.Near!, one.Key)).Distinct()];
        return modules.Length is 0 or > 3 ? null : string.Join(", ", modules.Select(pair => $"Renaming.Pattern(\"{pair.From}\", \"{pair.To}\")"));

        static (string From, string To) Modules(string from, string to)
        {
            int same = 0;
            while (same < Math.Min(from.Length, to.Length) && from[^(same + 1)] == to[^(same + 1)]) same++;
            int dot = from[^same..].IndexOf('.');
            return dot < 0 ? (from, to) : ($"{from[..^(same - dot)]}.*", $"{to[..^(same - dot)]}.*");
        }
    }
}
