using System.CommandLine;

namespace Dlm.Cli.Commands;

/// <summary><c>dlm new</c>: a project to begin with.</summary>
internal static class NewCommand
{
    private static readonly (string Template, string File)[] Files =
    [
        ("Project.xml", "__NAME__.csproj"), ("Model.dlm", "DigitNet.dlm"), ("Program.txt", "Program.cs"), ("gitignore.txt", ".gitignore"),
    ];

    public static Command Create(CommandHost host)
    {
        var name = new Argument<string>("name") { Description = "The project's name, which is its folder's and namespace's too." };
        var command = new Command("new", "Makes a project: a model, a program that trains it, a project file.") { name };
        command.SetAction(parsed => Make(parsed.GetValue(name)!, host));
        return command;
    }

    private static int Make(string name, CommandHost host)
    {
        if (!IsNamespace(name)) throw new CommandException($"'{name}' cannot be a namespace. Use letters, digits and dots, such as My.Digits.");
        // A class of the project's name would hide the namespace.
        if (name is "DigitNet" or "Dlm" or "TorchSharp" or "System") throw new CommandException($"'{name}' means something else in the program already. Choose another name.");
        var folder = host.FullPath(name);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw new CommandException($"The folder '{name}' is not empty.");
        Directory.CreateDirectory(folder);
        foreach (var (template, file) in Files)
        {
            var path = Path.Combine(folder, Filled(file, name));
            File.WriteAllText(path, Filled(Resource.Read($"Templates/{template}")!, name));
            host.Out.WriteLine($"wrote {host.Shown(path)}");
        }
        host.Out.WriteLine($"""

            Next:
              cd {name}
              dlm show DigitNet
              dotnet run
            """.ReplaceLineEndings("\n"));
        return ExitCode.Success;
    }

    private static string Filled(string text, string name) => text
        .Replace("__NAME__", name, StringComparison.Ordinal)
        .Replace("__DLM__", Resource.Version("DlmVersion"), StringComparison.Ordinal)
        .Replace("__TORCHSHARP__", Resource.Version("TorchSharpVersion"), StringComparison.Ordinal);

    private static bool IsNamespace(string name) => name.Split('.').All(part =>
        part.Length > 0 && (char.IsLetter(part[0]) || part[0] == '_') && part.All(c => char.IsLetterOrDigit(c) || c == '_'));
}
