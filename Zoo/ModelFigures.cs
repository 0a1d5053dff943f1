using Dlm.Cli;
using Dlm.Cli.Drawing;
using Dlm.Cli.Models;
using Dlm.Dsl.Analysis;

namespace Dlm.Zoo;

/// <summary>What the compiler says of the zoo's models.</summary>
/// <param name="root">The repository.</param>
internal sealed class ModelFigures(string root)
{
    private const double TallestPicture = 1600; // what a page can show

    // A model stands in the table, in its chapter and in its drawing.
    private readonly Dictionary<string, (ModelSource Source, SizeTable Sizes)> _found = new(StringComparer.Ordinal);
    private readonly CommandHost _host = new() { In = TextReader.Null, Out = TextWriter.Null, Error = TextWriter.Null, Folder = root };

    /// <summary>Trained parameters, and multiply-accumulates of one sample; null where sizes that nobody gave decide.</summary>
    public (long? Parameters, long? Macs) Of(string file, string model, string[] sizes)
    {
        var (source, table) = Find(file, model, sizes);
        StageCost cost = StageTree.Of(source.Model, table).Cost;
        return (cost.Parameters, cost.Macs);
    }

    /// <summary>The architecture, SVG.</summary>
    public string Draw(string file, string model, string[] sizes)
    {
        var (source, table) = Find(file, model, sizes);
        return ModelPicture.Svg(source, table, depth: null, TallestPicture);
    }

    private (ModelSource Source, SizeTable Sizes) Find(string file, string model, string[] sizes)
    {
        string key = $"Models/{file}:{model} {string.Join(' ', sizes)}";
        if (_found.TryGetValue(key, out var known)) return known;
        ModelSource source = ModelSource.Find($"Models/{file}:{model}", [], _host);
        return _found[key] = (source, InputSizes.Read(source.Model, batch: 1, [], sizes));
    }
}
