using System.CommandLine;
using Dlm.Cli.Check;
using Dlm.Cli.Files;
using Dlm.Dsl.Diagnostics;

namespace Dlm.Cli.Commands;

/// <summary><c>dlm emit</c>: the C# that a build makes of a file.</summary>
internal static class EmitCommand
{
    public static Command Create(CommandHost host)
    {
        var paths = new Argument<string[]>("paths") { Description = "Files, folders or patterns.", DefaultValueFactory = _ => ["."] };
        var output = new Option<string?>("--output", "-o") { Description = "Write a file for each into this folder, not all to standard output.", HelpName = "folder" };
        var @namespace = new Option<string?>("--namespace") { Description = "The namespace of files that declare none; by default the project's.", HelpName = "name" };
        var command = new Command("emit", "Writes the C# that a build makes of files.") { paths, output, @namespace };
        command.SetAction(parsed => Emit(host, parsed.GetValue(paths)!, parsed.GetValue(output), parsed.GetValue(@namespace)));
        return command;
    }

    private static int Emit(CommandHost host, string[] paths, string? output, string? @namespace)
    {
        var workspace = new Workspace(SourceFinder.Find(paths, host), host);
        var compiled = workspace.Files.Select(file => (Path: file, Result: workspace.Compile(file, @namespace))).ToArray();
        Diagnostic[] diagnostics = [.. compiled.SelectMany(c => c.Result.Diagnostics)];
        foreach (var diagnostic in diagnostics) host.Error.WriteLine(diagnostic);
        foreach (var (path, result) in compiled)
        {
            foreach (var source in result.Sources)
            {
                if (output is null) host.Out.Write(source.Text);
                else Write(host, output, path, source.HintName, source.Text);
            }
        }
        return new CheckSummary(compiled.Length, diagnostics).Errors > 0 ? ExitCode.Found : ExitCode.Success;
    }

    // Below the folders of its .dlm file, so that files of one name do not meet.
    private static void Write(CommandHost host, string output, string path, string name, string text)
    {
        var below = Path.GetRelativePath(host.Folder, Path.GetDirectoryName(path)!);
        var folder = below.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(below) ? host.FullPath(output) : Path.Combine(host.FullPath(output), below);
        Directory.CreateDirectory(folder);
        var file = Path.GetFullPath(Path.Combine(folder, name));
        File.WriteAllText(file, text);
        host.Error.WriteLine($"wrote {host.Shown(file)}");
    }
}
