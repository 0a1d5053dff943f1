using System.CommandLine;
using Dlm.Cli.Models;
using Dlm.Cli.Show;

namespace Dlm.Cli.Commands;

/// <summary><c>dlm show</c>: a model's stages with shapes and costs.</summary>
internal static class ShowCommand
{
    public static Command Create(CommandHost host)
    {
        var model = ModelOptions.Model("model");
        var options = new ModelOptions();
        var expand = new Option<bool>("--expand") { Description = "A line for each block of a repeat, also where they are equal." };
        var depth = new Option<int>("--depth") { Description = "How deep to go into groups and blocks.", HelpName = "levels", DefaultValueFactory = _ => 100 };
        var json = new Option<bool>("--json") { Description = "Write JSON; docs/cli.md has its schema." };
        var command = new Command("show", "Shows a model: its stages with keys, shapes and costs, memory, receptive field.") { model, expand, depth, json };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var source = ModelSource.Find(parsed.GetValue(model)!, options.Arguments(parsed), host);
            var batch = options.Batch(parsed);
            var sizes = options.Sizes(parsed, source.Model);
            if (options.HasSizes(parsed) && source.Refusal(sizes) is { } refusal) throw new CommandException($"'{source.Model.Name}' does not take this input. {refusal}");
            var report = ModelReport.Of(source, sizes, batch);
            if (parsed.GetValue(json)) host.Out.WriteLine(ShowJson.Write(report));
            else new ShowTable(host).Write(report, parsed.GetValue(expand), parsed.GetValue(depth));
            return ExitCode.Success;
        });
        return command;
    }
}
