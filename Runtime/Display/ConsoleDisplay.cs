using Spectre.Console;

namespace Dlm.Runtime.Display;

/// <summary>Chooses how a run is shown on the console.</summary>
public static class ConsoleDisplay
{
    private const int WidthOfFiles = 120;

    /// <summary>A moving line on a terminal; plain lines where the output goes to a file, a pipe or a terminal that cannot move its cursor.</summary>
    public static ITrainingDisplay Create()
    {
        IAnsiConsole console = Open();
        return console.Profile.Capabilities.Ansi && console.Profile.Capabilities.Interactive ? new TerminalDisplay(console) : new PlainDisplay(Console.Out);
    }

    /// <summary>The console: with colours on a terminal, unless NO_COLOR forbids them (no-color.org), and plain text anywhere else.</summary>
    public static IAnsiConsole Open()
    {
        bool plain = Console.IsOutputRedirected;
        bool colourless = plain || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = plain ? InteractionSupport.No : InteractionSupport.Detect,
            ColorSystem = colourless ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (plain) console.Profile.Width = WidthOfFiles;
        return console;
    }
}
