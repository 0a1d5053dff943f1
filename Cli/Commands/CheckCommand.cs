using System.CommandLine;
using Dlm.Cli.Check;
using Dlm.Cli.Files;
using Dlm.Dsl.Diagnostics;

namespace Dlm.Cli.Commands;

/// <summary><c>dlm check</c>: says what is wrong with files, as a build would.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandHost host)
    {
        var paths = new Argument<string[]>("paths") { Description = "Files, folders or patterns.", DefaultValueFactory = _ => ["."] };
        var json = new Option<bool>("--json") { Description = "Write JSON; docs/cli.md has its schema." };
        var sarif = new Option<string?>("--sarif") { Description = "Also write a SARIF 2.1.0 log, which code hosts show at the lines.", HelpName = "file" };
        var strict = new Option<bool>("--warnings-as-errors") { Description = "Make every warning an error." };
        var command = new Command("check", "Checks files: every name, shape and figure of every model. Ends with 1 if there are errors.") { paths, json, sarif, strict };
        command.SetAction(parsed =>
        {
            var workspace = new Workspace(SourceFinder.Find(parsed.GetValue(paths)!, host), host);
            var diagnostics = workspace.Files.SelectMany(file => workspace.Compile(file).Diagnostics).Select(d => parsed.GetValue(strict) ? Raised(d) : d).ToArray();
            var summary = new CheckSummary(workspace.Files.Count, diagnostics);
            if (parsed.GetValue(json)) host.Out.WriteLine(CheckJson.Write(summary));
            else new BuildLog(host).Write(summary);
            if (parsed.GetValue(sarif) is { } log) File.WriteAllText(host.FullPath(log), SarifLog.Write(summary) + "\n");
            return summary.Errors > 0 ? ExitCode.Found : ExitCode.Success;
        });
        return command;
    }

    private static Diagnostic Raised(Diagnostic diagnostic) =>
        diagnostic.Severity == Severity.Warning ? diagnostic with { Severity = Severity.Error } : diagnostic;
}
