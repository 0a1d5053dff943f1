using System.CommandLine;
using Dlm.Cli.Files;
using Dlm.Dsl;
using Dlm.Dsl.Formatting;

namespace Dlm.Cli.Commands;

/// <summary><c>dlm fmt</c>: gives files the one look that all files have.</summary>
internal static class FormatCommand
{
    private const string StandardInput = "-";

    public static Command Create(CommandHost host)
    {
        var paths = new Argument<string[]>("paths")
        {
            Description = "Files, folders or patterns; of a Markdown page, its dlm snippets; - reads a file and writes it formatted.",
            DefaultValueFactory = _ => ["."],
        };
        var check = new Option<bool>("--check") { Description = "Change nothing; list the files that are not formatted, and end with 1 if there are any." };
        var command = new Command("fmt", "Formats files. Comments and line breaks stay; blanks, indentation and lines that are too long change. Reads .editorconfig.")
        {
            paths, check,
        };
        command.SetAction(parsed => parsed.GetValue(paths) is [StandardInput]
            ? FormatInput(host, parsed.GetValue(check))
            : FormatFiles(SourceFinder.Find(parsed.GetValue(paths)!, host), host, parsed.GetValue(check)));
        return command;
    }

    private static int FormatInput(CommandHost host, bool isCheck)
    {
        var text = host.In.ReadToEnd();
        // The settings are those of a file in the current folder.
        var formatted = Format("standard input", text, EditorConfig.OptionsOf(host.FullPath("input.dlm"), text), host);
        if (formatted is null) return ExitCode.Found;
        if (isCheck) return formatted == text ? ExitCode.Success : ExitCode.Found;
        host.Out.Write(formatted);
        return ExitCode.Success;
    }

    private static int FormatFiles(IReadOnlyList<string> files, CommandHost host, bool isCheck)
    {
        var (changed, broken) = (0, 0);
        foreach (var file in files)
        {
            var text = File.ReadAllText(file);
            var formatted = MarkdownPage.Is(file)
                ? MarkdownPage.Format(text, EditorConfig.OptionsOf(Path.ChangeExtension(file, ".dlm"), text))
                : Format(host.Shown(file), text, EditorConfig.OptionsOf(file, text), host);
            if (formatted is null) broken++;
            if (formatted is null || formatted == text) continue;
            changed++;
            host.Out.WriteLine($"{(isCheck ? "" : "formatted ")}{host.Shown(file)}");
            if (!isCheck) File.WriteAllText(file, formatted);
        }
        var rest = files.Count - changed - broken;
        host.Error.WriteLine(isCheck
            ? $"{Files(changed)} to format, {rest} formatted{Broken(broken)}."
            : $"{Files(changed)} formatted, {rest} unchanged{Broken(broken)}.");
        return broken > 0 || (isCheck && changed > 0) ? ExitCode.Found : ExitCode.Success;
    }

    // Null, with its errors shown, where the text cannot be read.
    private static string? Format(string path, string text, FormatOptions options, CommandHost host)
    {
        var file = DlmCompiler.Parse(path, text);
        if (file.Diagnostics.Count == 0) return DlmFormatter.Format(file, options);
        foreach (var diagnostic in file.Diagnostics) host.Error.WriteLine(diagnostic);
        return null;
    }

    private static string Files(int count) => count == 1 ? "1 file" : $"{count} files";

    private static string Broken(int count) => count == 0 ? "" : $", {count} left alone because of {(count == 1 ? "its" : "their")} errors";
}
