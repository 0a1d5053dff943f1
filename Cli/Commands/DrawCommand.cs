using System.CommandLine;
using Dlm.Cli.Drawing;
using Dlm.Cli.Models;
using Dlm.Cli.Show;
using Dlm.Dsl.Analysis;

namespace Dlm.Cli.Commands;

/// <summary><c>dlm draw</c>: a picture of a model.</summary>
internal static class DrawCommand
{
    private const int Deepest = 100;
    private const int DeepestTried = 4;
    private const double TallestPicture = 6000;

    public static Command Create(CommandHost host)
    {
        var model = ModelOptions.Model("model");
        var options = new ModelOptions();
        var html = new Option<bool>("--html") { Description = "Write a page on which boxes open and close." };
        var mermaid = new Option<bool>("--mermaid") { Description = "Write a Mermaid flowchart, which Markdown pages show." };
        var depth = new Option<int?>("--depth") { Description = "How deep to look into groups and blocks; SVG otherwise as deep as fits a page.", HelpName = "levels" };
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; standard output where it is left out.", HelpName = "file" };
        var command = new Command("draw", "Draws a model as SVG, with its branches, shortcuts and repeats.") { model, html, mermaid, depth, output };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var source = ModelSource.Find(parsed.GetValue(model)!, options.Arguments(parsed), host);
            var sizes = options.Sizes(parsed, source.Model);
            var levels = parsed.GetValue(depth);
            var text = parsed.GetValue(mermaid) ? MermaidWriter.Write(Diagram(source, sizes, levels))
                : parsed.GetValue(html) ? HtmlWriter.Write(Diagram(source, sizes, levels), source.Model.Name, Subtitle(source, sizes))
                : Svg(source, sizes, levels);
            if (parsed.GetValue(output) is not { } path)
            {
                host.Out.Write(text);
                return ExitCode.Success;
            }
            File.WriteAllText(host.FullPath(path), text);
            host.Error.WriteLine($"wrote {path}");
            return ExitCode.Success;
        });
        return command;
    }

    private static Diagram Diagram(ModelSource source, SizeTable sizes, int? depth) => DiagramBuilder.Of(source.Model, sizes, depth ?? Deepest);

    // A picture that nobody could look at as a whole has its innermost boxes closed.
    private static string Svg(ModelSource source, SizeTable sizes, int? depth)
    {
        for (var level = depth ?? Deepest; ; level = level == Deepest ? DeepestTried : level - 1)
        {
            var diagram = Diagram(source, sizes, level);
            DiagramLayout.Apply(diagram, mayWrap: true);
            if (depth is not null || level == 0 || diagram.Height <= TallestPicture) return SvgWriter.Write(diagram, source.Model.Name, Subtitle(source, sizes));
        }
    }

    private static string Subtitle(ModelSource source, SizeTable sizes)
    {
        var cost = StageTree.Of(source.Model, sizes).Cost;
        return string.Join(", ", new[]
        {
            cost.Parameters is null ? "" : $"{Figures.Whole(cost.Parameters)} parameters",
            cost.Macs is null ? "" : $"{Figures.Short(cost.Macs)} multiply-adds",
        }.Where(figure => figure.Length > 0));
    }
}
