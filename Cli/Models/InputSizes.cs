using System.Globalization;
using Dlm.Dsl.Analysis;
using Dlm.Dsl.Elaboration;

namespace Dlm.Cli.Models;

/// <summary>Reads the sizes of a model's inputs off the command line.</summary>
internal static class InputSizes
{
    /// <summary>A batch, shapes such as <c>3x224x224</c> for the inputs in order, and single sizes such as <c>T=128</c>.</summary>
    public static SizeTable Read(ElaboratedModel model, long batch, IReadOnlyList<string> shapes, IReadOnlyList<string> sizes) =>
        SizeTable.For(model, batch, ReadGiven(model, shapes, sizes));

    /// <summary>The same, and nothing for what was not given.</summary>
    public static SizeTable Given(ElaboratedModel model, long batch, IReadOnlyList<string> shapes, IReadOnlyList<string> sizes)
    {
        var given = ReadGiven(model, shapes, sizes);
        if (model.AtDefaults.Inputs is [{ Type: { Rank: > 0 } type }, ..] && type[0].AsSymbol is { } first) given.TryAdd(first.Name, batch);
        return new SizeTable(given);
    }

    private static Dictionary<string, long> ReadGiven(ElaboratedModel model, IReadOnlyList<string> shapes, IReadOnlyList<string> sizes)
    {
        var inputs = model.AtDefaults.Inputs;
        if (shapes.Count > inputs.Count) throw new CommandException($"'{model.Name}' has {(inputs.Count == 1 ? "one input" : $"{inputs.Count} inputs")}, and --input is given {shapes.Count} times.");
        var given = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var size in sizes) ReadSize(size, model, given);
        for (var i = 0; i < shapes.Count; i++) ReadShape(shapes[i], inputs[i], model, given);
        return given;
    }

    private static void ReadSize(string text, ElaboratedModel model, Dictionary<string, long> given)
    {
        string[] open = [.. model.AtDefaults.Inputs.SelectMany(i => i.Type.Dims).SelectMany(d => d.Symbols).Select(s => s.Name).Distinct()];
        if (text.Split('=', 2) is not [var name, var value]) throw new CommandException($"'--size {text}' is not of the form --size T=128.");
        if (!open.Contains(name)) throw new CommandException($"'{model.Name}' has no open size '{name}'.{(open.Length > 0 ? $" It has {string.Join(", ", open)}." : "")}");
        given[name] = Number(value, $"--size {text}");
    }

    private static void ReadShape(string text, GraphValue input, ElaboratedModel model, Dictionary<string, long> given)
    {
        var type = input.Type;
        long[] shape = [.. text.Split('x').Select(part => Number(part, $"--input {text}"))];
        // The batch is left out, as papers do.
        var dims = shape.Length == type.Rank ? [.. type.Dims] : type.Dims.Skip(1).ToArray();
        if (shape.Length != dims.Length) throw new CommandException($"'{model.Name}' takes {type}, and --input {text} has {shape.Length} sizes. Give {string.Join("x", type.Dims.Skip(1))}.");
        foreach (var (dim, size) in dims.Zip(shape))
        {
            if (dim.AsSymbol is { } symbol) given[symbol.Name] = given.TryGetValue(symbol.Name, out var other) && other != size
                ? throw new CommandException($"'{model.Name}' takes {type}, and --input {text} gives {symbol.Name} two sizes, {other} and {size}.") : size;
            else if (dim.Value is { } known && known != size) throw new CommandException($"'{model.Name}' takes {type}, and --input {text} has {size} where {known} is.");
        }
    }

    private static long Number(string text, string where) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
        ? value
        : throw new CommandException($"'{text}' in {where} is no size: a size is a whole number above 0.");
}
