using System.Runtime.CompilerServices;

namespace Dlm.Cli.Tests.Harness;

/// <summary>A folder of its own for a test, in which it runs the command as a user would.</summary>
internal sealed class Workplace : IDisposable
{
    public Workplace(params (string Path, string Text)[] files)
    {
        Directory.CreateDirectory(Folder);
        foreach (var (path, text) in files) Write(path, text);
    }

    /// <summary>The zoo of the repository.</summary>
    public static string Zoo { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "Models"));

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"dlm-cli-{Guid.NewGuid():N}");

    public void Write(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>Runs <c>dlm</c> with these arguments here.</summary>
    public CommandRun Run(params string[] arguments) => Run("", false, arguments);

    /// <summary>Runs it with a text on standard input.</summary>
    public CommandRun RunWith(string input, params string[] arguments) => Run(input, false, arguments);

    /// <summary>Runs it as on a terminal with colours.</summary>
    public CommandRun RunInColor(params string[] arguments) => Run("", true, arguments);

    /// <summary>Runs it in the folder of the zoo.</summary>
    public static CommandRun RunInZoo(params string[] arguments) => Run(Zoo, "", false, arguments);

    /// <summary>The same on a terminal of a width.</summary>
    public static CommandRun RunInZoo(int width, params string[] arguments) => Run(Zoo, "", false, arguments, width);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private CommandRun Run(string input, bool hasColor, string[] arguments) => Run(Folder, input, hasColor, arguments);

    private static CommandRun Run(string folder, string input, bool hasColor, string[] arguments, int? width = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var host = new CommandHost { In = new StringReader(input), Out = output, Error = error, Folder = folder, HasColor = hasColor };
        if (width is { } columns) host = new CommandHost { In = host.In, Out = output, Error = error, Folder = folder, HasColor = hasColor, Width = columns };
        var status = DlmCommand.Run(arguments, host);
        return new CommandRun(status, output.ToString(), error.ToString());
    }

    private static string Here([CallerFilePath] string file = "") => file;
}

/// <summary>What a run ended with and what it wrote.</summary>
internal sealed record CommandRun(int Status, string Out, string Error)
{
    /// <summary>Lines without the blanks that fill up a table.</summary>
    public string Text => string.Join('\n', Out.Split('\n').Select(line => line.TrimEnd()));
}
