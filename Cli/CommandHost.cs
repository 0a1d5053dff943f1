using System.Text;

namespace Dlm.Cli;

/// <summary>What a command sees of the world around it: tests put another in its place.</summary>
internal sealed class CommandHost
{
    // What goes to a file or a pipe is never cut.
    private const int Unbounded = int.MaxValue / 2;

    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>The folder that paths are relative to.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether what is written goes to a terminal that shows colours.</summary>
    public bool HasColor { get; init; }

    /// <summary>How many characters a line has.</summary>
    public int Width { get; init; } = Unbounded;

    /// <summary>The console of this process. <c>NO_COLOR</c>, set to anything, takes the colours away (no-color.org).</summary>
    public static CommandHost Open()
    {
        // No byte order mark: what is piped on is read by other programs.
        Console.OutputEncoding = new UTF8Encoding(false);
        return new CommandHost
        {
            In = Console.In,
            Out = Console.Out,
            Error = Console.Error,
            Folder = Environment.CurrentDirectory,
            HasColor = TakesColor(Console.IsOutputRedirected, Environment.GetEnvironmentVariable),
            Width = Console.IsOutputRedirected ? Unbounded : Math.Max(60, Console.WindowWidth),
        };
    }

    /// <summary>Whether what is written goes to somebody who sees colours and wants them.</summary>
    public static bool TakesColor(bool isRedirected, Func<string, string?> environment) =>
        !isRedirected && string.IsNullOrEmpty(environment("NO_COLOR")) && environment("TERM") != "dumb";

    /// <summary>The full path of one that the user gave.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, Folder);

    /// <summary>A full path as the user would write it, with slashes.</summary>
    public string Shown(string fullPath)
    {
        var relative = Path.GetRelativePath(Folder, fullPath).Replace('\\', '/');
        return relative.StartsWith("../../..", StringComparison.Ordinal) ? fullPath : relative;
    }
}
