using System.CommandLine;
using Dlm.Cli.Compare;
using Dlm.Cli.Models;

namespace Dlm.Cli.Commands;

/// <summary><c>dlm diff</c>: what changed between two models.</summary>
internal static class DiffCommand
{
    public static Command Create(CommandHost host)
    {
        var (before, after) = (ModelOptions.Model("before"), ModelOptions.Model("after"));
        var options = new ModelOptions();
        var json = new Option<bool>("--json") { Description = "Write JSON; docs/cli.md has its schema." };
        var command = new Command("diff", "Compares two models: stages, shapes, sizes, cost. Ends with 1 if they differ.") { before, after, json };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var report = DiffReport.Of(Side(parsed.GetValue(before)!), Side(parsed.GetValue(after)!));
            if (parsed.GetValue(json)) host.Out.WriteLine(DiffJson.Write(report));
            else new DiffTable(host).Write(report);
            return report.HasChanges ? ExitCode.Found : ExitCode.Success;

            DiffSide Side(string reference)
            {
                var source = ModelSource.Find(reference, options.Arguments(parsed), host);
                return DiffSide.Of(source, options.Sizes(parsed, source.Model));
            }
        });
        return command;
    }
}
