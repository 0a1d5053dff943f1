using Dlm.Cli.Models;
using Dlm.Dsl.Analysis;
using Dlm.Testing.Graphs;

namespace Dlm.Cli.Testing;

/// <summary>Finds sizes that a model takes, small ones first, and different ones where it takes them.</summary>
internal static class TestSizes
{
    private static readonly long[] Sides = [32, 64, 96, 128, 224, 256, 16, 8, 299, 512];
    private static readonly long[] Lengths = [7, 5, 6, 9, 10, 11];
    private static readonly long[] Equal = [8, 6, 4, 16, 12, 32, 3, 2, 64, 128, 256, 512, 1];

    /// <summary>The sizes that were given, and for the others some that the model takes.</summary>
    public static SizeTable Find(ModelSource source, SizeTable given)
    {
        var inputs = source.Model.AtDefaults.Inputs;
        string[] open = [.. GraphSubject.OpenSizes(source.Model).Where(name => !given.Values.ContainsKey(name))];
        if (open.Length == 0) return given;
        var sides = inputs.Where(i => i.Type.Rank == 4).SelectMany(i => i.Type.Dims.Skip(2)).SelectMany(d => d.Symbols).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var length in Equal.Prepend(0))
        {
            foreach (var side in open.Any(sides.Contains) ? Sides : [0])
            {
                var values = new Dictionary<string, long>(given.Values, StringComparer.Ordinal);
                var next = 0;
                foreach (var name in open) values[name] = sides.Contains(name) ? side : length == 0 ? Lengths[next++ % Lengths.Length] : length;
                var sizes = new SizeTable(values);
                if (source.Refusal(sizes) is null) return sizes;
            }
        }
        throw new CommandException($"'{source.Model.Name}' takes none of the sizes that were tried. Give them: {string.Join(" ", open.Select(name => $"--size {name}=..."))}");
    }
}
