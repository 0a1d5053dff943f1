using System.Globalization;
using System.Text;
using Dlm.Cli.Show;
using Dlm.Samples;
using Dlm.Zoo.Systems;

namespace Dlm.Zoo;

/// <summary>Writes docs/zoo.md from the systems, what the compiler says of them, and what their samples reached.</summary>
internal sealed class Page
{
    /// <summary>The page's pictures and what was measured, from the folder docs.</summary>
    public const string Folder = "zoo";

    private const string Measured = "`dotnet run --project Zoo --configuration Release -- measure`";

    private readonly StringBuilder _text = new();
    private readonly Declarations _declarations;
    private readonly ModelFigures _figures;
    private readonly string _docs;

    private Page(string root)
    {
        _declarations = new Declarations(Path.Combine(root, "Models"));
        _figures = new ModelFigures(root);
        _docs = Path.Combine(root, "docs");
    }

    /// <summary>The page.</summary>
    /// <param name="root">The repository.</param>
    public static string Write(string root) => new Page(root).Write();

    /// <summary>The drawings of the page, by their paths from the folder docs.</summary>
    /// <param name="root">The repository.</param>
    public static IEnumerable<(string Path, string Svg)> Draw(string root)
    {
        ModelFigures figures = new(root);
        return Catalogue.All.Select(system => (Drawing(system), figures.Draw(system.File, system.Counted.First().Name, system.Counted.First().Sizes)));
    }

    /// <summary>What a sample reached when it was last measured; null where it never was.</summary>
    public static Outcome? OutcomeOf(string docs, string sample)
    {
        string path = Path.Combine(docs, Folder, sample, Outcome.FileName);
        return File.Exists(path) ? Outcome.FromJson(File.ReadAllText(path)) : null;
    }

    /// <summary>The anchor of a heading as GitHub makes it: lower case, spaces as hyphens, other signs left out.</summary>
    public static string Anchor(string heading) =>
        string.Concat(heading.Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    private string Write()
    {
        _text.Append("# The zoo\n\n");
        _text.Append("Every system that the histories of the field give a section of its own, and some beside them: its paper, how long it is in `.dlm` and by hand, what it costs, what it looks like, and what it\n");
        _text.Append("learned when its sample was last run. This page is written by `dotnet run --project Zoo`; ");
        _text.Append($"{Measured}\nruns the samples again, or those whose names follow, and then writes it. Parameters, costs and drawings are the compiler's.\n\n");
        _text.Append("Each model has PyTorch's keys, and its output is PyTorch's: [the tests](../Tests/Models.Tests) hold it against a reference that [Tests/Oracle](../Tests/Oracle) writes. Each system has a test that it\n");
        _text.Append("learns: `dotnet artifacts/bin/Models.Tests/debug/Dlm.Models.Tests.dll -trait system=lenet5` runs one.\n\n");
        _text.Append($"Lines are those that are neither blank nor a comment, of models alone: nothing that trains is counted, by hand or here. [eng/lines.py](../eng/lines.py) counts what is written by hand. {Machines()}\n");
        WriteTable();
        foreach (var (field, systems) in Catalogue.Fields)
        {
            _text.Append($"\n## {field}\n");
            foreach (ZooSystem system in systems) Write(system);
        }

        _text.Append("\n## Beside them\n");
        foreach (var (sample, about) in Catalogue.Others)
        {
            _text.Append($"\n### {char.ToUpperInvariant(sample[0])}{sample[1..]}\n\n{about}\n");
            WriteOutcome(sample);
        }

        return _text.ToString();
    }

    private string Machines()
    {
        string[] machines = [.. Catalogue.Samples.Select(sample => OutcomeOf(_docs, sample)?.Machine).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return machines.Length == 0 ? "" : $"Times are those of a machine with {string.Join(", or with ", machines)}, from the start of the program's work to the end of it.";
    }

    private void WriteTable()
    {
        _text.Append("\n| system | `.dlm` lines | PyTorch | TorchSharp | parameters | multiply-adds | it learned | in |\n|---|---:|---:|---:|---:|---:|---|---:|\n");
        foreach (ZooSystem system in Catalogue.All)
        {
            var (name, sizes) = system.Counted.First();
            var (parameters, macs) = _figures.Of(_declarations.FileOf(system.File, name), name, sizes);
            Outcome? outcome = system.Samples is [var sample, ..] ? OutcomeOf(_docs, sample) : null;
            var compared = system.Counted.Select(counted => counted.Name).Take(system.Compared > 0 ? system.Compared : int.MaxValue);
            _text.Append($"| [{system.Name}](#{Anchor(system.Name)}) | {_declarations.LinesOf(system.File, compared)} | {First(system, "PyTorch")} | {First(system, "TorchSharp")} | ");
            _text.Append($"{Figures.Whole(parameters)} | {Figures.Short(macs)} | {(outcome?.Figures[system.OwnFigure] is { } reached ? $"{reached.Name}: {reached.Value}" : "")} | {Time(outcome)} |\n");
        }
    }

    private void Write(ZooSystem system)
    {
        _text.Append($"\n### {system.Name}\n\n{system.Paper}. [{Path.GetFileName(system.File)}](../Models/{system.File})\n\n{system.About}\n");

        _text.Append("\n| model | `.dlm` lines | parameters | multiply-adds |\n|---|---:|---:|---:|\n");
        foreach (var (model, sizes) in system.Counted)
        {
            var (parameters, macs) = _figures.Of(_declarations.FileOf(system.File, model), model, sizes);
            string given = sizes.Length == 0 ? "" : $", {string.Join(", ", sizes.Select(size => size.Replace("=", " = ")))}";
            _text.Append($"| `{model}`{given} | {_declarations.LinesOf(system.File, [model])} | {Figures.Whole(parameters)} | {Figures.Short(macs)} |\n");
        }

        _text.Append($"\nBy hand: {string.Join("; ", ByHand(system).Select(hand => $"{hand.Lines} lines in {hand.With} ({hand.Where})"))}.\n");
        var (objectives, recipes) = _declarations.TrainingOf(system);
        if (objectives.Count > 0) _text.Append($"\nObjectives: {string.Join(", ", objectives.Select(objective => $"`{objective.Name}` ({objective.Lines} {(objective.Lines == 1 ? "line" : "lines")})"))}.{(recipes.Count > 0 ? "" : "\n")}");
        if (recipes.Count > 0) _text.Append($"{(objectives.Count > 0 ? " " : "\n")}Recipes: {string.Join(", ", recipes.Select(recipe => $"`{recipe}`"))}.\n");
        _text.Append($"\n![{system.Counted.First().Name}, drawn by the compiler]({Drawing(system)})\n");
        foreach (string sample in system.Samples) WriteOutcome(sample);
        if (system.Samples is []) _text.Append("\nIt has no sample: it learns in its test.\n");
    }

    private void WriteOutcome(string sample)
    {
        _text.Append($"\n```sh\ndotnet run --project Samples --configuration Release -- {sample}\n```\n");
        if (OutcomeOf(_docs, sample) is not { } outcome)
        {
            _text.Append("\nNot measured yet.\n");
            return;
        }

        _text.Append($"\n| in {Time(outcome)} | |\n|---|---|\n");
        foreach (OutcomeFigure figure in outcome.Figures) _text.Append($"| {figure.Name} | {figure.Value} |\n");
        foreach (OutcomePicture picture in outcome.Pictures) _text.Append($"\n![{picture.Caption}]({Folder}/{sample}/{picture.File})\n\n*{picture.Caption}*\n");
        foreach (OutcomeText text in outcome.Texts) _text.Append($"\n{text.Caption}:\n\n```text\n{text.Text.ReplaceLineEndings("\n").Trim('\n')}\n```\n");
    }

    private static string Drawing(ZooSystem system) => $"{Folder}/{system.Key}.svg";

    // The reference stands where everybody has another implementation, too: it is as terse as PyTorch allows.
    private IEnumerable<HandWritten> ByHand(ZooSystem system)
    {
        if (system.Reference.Split(' ') is not [var file, _, ..] words) return system.ByHand;
        int lines = PythonLines.Count(Path.Combine(_docs, "..", "Tests", "Oracle", file), words[1..]);
        return system.ByHand.Append(HandWritten.InPyTorch(lines, $"the reference of the tests, [{file}](../Tests/Oracle/{file})"));
    }

    private string First(ZooSystem system, string with) => ByHand(system).FirstOrDefault(hand => hand.With == with) is { } hand ? $"{hand.Lines}" : "";

    private static string Time(Outcome? outcome) => outcome is null ? "" : outcome.Seconds < 100
        ? string.Create(CultureInfo.InvariantCulture, $"{outcome.Seconds:0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(outcome.Seconds / 60):0} min {outcome.Seconds % 60:0} s");
}
