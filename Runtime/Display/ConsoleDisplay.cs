using Spectre.Console;

namespace Dlm.Runtime.Display;

/// <summary>Chooses how a run is shown on the console.</summary>
public static class ConsoleDisplay
{
    /// <summary>A moving line on a terminal; plain lines where the output goes to a file, a pipe or a terminal that cannot move its cursor.</summary>
    public static ITrainingDisplay Create() =>
        Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi || !AnsiConsole.Profile.Capabilities.Interactive
            ? new PlainDisplay(Console.Out)
            : new TerminalDisplay(AnsiConsole.Console);
}
