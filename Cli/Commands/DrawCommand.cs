using System.CommandLine;
using Dlm.Cli.Drawing;
using Dlm.Cli.Models;
using Dlm.Cli.Show;
using Dlm.Dsl.Analysis;

namespace Dlm.Cli.Commands;

/// <summary><c>dlm draw</c>: a picture of a model.</summary>
internal static class DrawCommand
{
    public static Command Create(CommandHost host)
    {
        var model = ModelOptions.Model("model");
        var options = new ModelOptions();
        var html = new Option<bool>("--html") { Description = "Write a page on which boxes open and close." };
        var mermaid = new Option<bool>("--mermaid") { Description = "Write a Mermaid flowchart, which Markdown pages show." };
        var depth = new Option<int>("--depth") { Description = "How deep to look into groups and blocks.", HelpName = "levels", DefaultValueFactory = _ => 100 };
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; standard output where it is left out.", HelpName = "file" };
        var command = new Command("draw", "Draws a model as SVG, with its branches, shortcuts and repeats.") { model, html, mermaid, depth, output };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var source = ModelSource.Find(parsed.GetValue(model)!, options.Arguments(parsed), host);
            var sizes = options.Sizes(parsed, source.Model);
            var diagram = DiagramBuilder.Of(source.Model, sizes, parsed.GetValue(depth));
            var text = parsed.GetValue(mermaid) ? MermaidWriter.Write(diagram) : parsed.GetValue(html) ? Html(diagram, source, sizes) : Svg(diagram, source, sizes);
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

    private static string Svg(Diagram diagram, ModelSource source, SizeTable sizes)
    {
        DiagramLayout.Apply(diagram, mayWrap: true);
        return SvgWriter.Write(diagram, source.Model.Name, Subtitle(source, sizes));
    }

    private static string Html(Diagram diagram, ModelSource source, SizeTable sizes) => HtmlWriter.Write(diagram, source.Model.Name, Subtitle(source, sizes));

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
