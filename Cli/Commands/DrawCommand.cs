using System.CommandLine;
using Dlm.Cli.Drawing;
using Dlm.Cli.Models;

namespace Dlm.Cli.Commands;

/// <summary><c>dlm draw</c>: a picture of a model.</summary>
internal static class DrawCommand
{
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
            var text = parsed.GetValue(mermaid) ? MermaidWriter.Write(ModelPicture.Boxes(source, sizes, levels))
                : parsed.GetValue(html) ? HtmlWriter.Write(ModelPicture.Boxes(source, sizes, levels), source.Model.Name, ModelPicture.Subtitle(source, sizes))
                : ModelPicture.Svg(source, sizes, levels, TallestPicture);
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
}
