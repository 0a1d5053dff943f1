using Dlm.Dsl.Diagnostics;

namespace Dlm.Cli.Check;

/// <summary>Writes diagnostics in the form of a build log, which editors and consoles make links of.</summary>
internal sealed class BuildLog(CommandHost host)
{
    public void Write(CheckSummary summary)
    {
        foreach (var diagnostic in summary.Diagnostics)
        {
            host.Out.WriteLine(host.HasColor ? Colored(diagnostic) : diagnostic.ToString());
            host.Out.WriteLine();
        }
        host.Out.WriteLine($"{Count(summary.Files, "file")} checked: {(summary.Errors + summary.Warnings == 0 ? "no errors" : $"{Count(summary.Errors, "error")}, {Count(summary.Warnings, "warning")}")}.");
    }

    private static string Colored(Diagnostic diagnostic)
    {
        var severity = diagnostic.Severity.ToString().ToLowerInvariant();
        var (color, bold, dim, reset) = (diagnostic.Severity == Severity.Error ? "\e[31m" : "\e[33m", "\e[1m", "\e[2m", "\e[0m");
        var lines = diagnostic.Message.Split('\n');
        return $"{bold}{diagnostic.Path}({diagnostic.Start.Line + 1},{diagnostic.Start.Column + 1}):{reset} {color}{severity} {diagnostic.Id}:{reset} {bold}{lines[0]}{reset}"
            + string.Concat(lines.Skip(1).Select(line => $"\n{(line.TrimStart().StartsWith("help:", StringComparison.Ordinal) ? "\e[32m" : dim)}{line}{reset}"));
    }

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
