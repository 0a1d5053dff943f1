using System.CommandLine;
using System.CommandLine.Help;
using Dlm.Cli.Commands;

namespace Dlm.Cli;

/// <summary>The command as a whole.</summary>
internal static class DlmCommand
{
    /// <summary>Does what <paramref name="args"/> say and gives the exit code.</summary>
    public static int Run(IReadOnlyList<string> args, CommandHost host)
    {
        // Not a RootCommand, which would be called as its program file is.
        var root = new Command("dlm", "Checks, formats, shows, draws, compares and tests models written in .dlm files.")
        {
            new HelpOption(),
            new VersionOption(),
            CheckCommand.Create(host),
            FormatCommand.Create(host),
            ShowCommand.Create(host),
            DrawCommand.Create(host),
            DiffCommand.Create(host),
            TestCommand.Create(host),
            EmitCommand.Create(host),
            NewCommand.Create(host),
        };
        var parsed = root.Parse(args);
        if (args.Count > 0 && parsed.CommandResult.Command == root && parsed.Errors.Count > 0)
        {
            host.Error.WriteLine($"dlm: There is no command '{args[0]}'. There are {string.Join(", ", root.Subcommands.Select(c => c.Name))}.");
            return ExitCode.Failed;
        }
        if (args.Count > 0 && parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) host.Error.WriteLine($"dlm: {error.Message}");
            host.Error.WriteLine($"dlm: 'dlm {parsed.CommandResult.Command.Name} --help' says what there is.");
            return ExitCode.Failed;
        }
        try
        {
            var configuration = new InvocationConfiguration { Output = host.Out, Error = host.Error, EnableDefaultExceptionHandler = false };
            return (args.Count == 0 ? root.Parse(["--help"]) : parsed).Invoke(configuration);
        }
        catch (Exception e) when (e is CommandException or IOException or UnauthorizedAccessException)
        {
            host.Error.WriteLine($"dlm: {e.Message}");
            return ExitCode.Failed;
        }
    }
}
