using Dlm.Dsl.Formatting;

namespace Dlm.Cli.Files;

/// <summary>
/// What the <c>.editorconfig</c> files above a file say of its look (editorconfig.org): the nearest file counts most, and in a file the
/// last section that matches.
/// </summary>
internal static class EditorConfig
{
    /// <summary>The options of the file at a full path; <paramref name="text"/> has the line ends to keep where none are set.</summary>
    public static FormatOptions OptionsOf(string fullPath, string text)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in FilesAbove(fullPath).Reverse()) Apply(file, fullPath, settings);
        var defaults = new FormatOptions();
        return defaults with
        {
            Width = Number("max_line_length") ?? (Setting("max_line_length") == "off" ? int.MaxValue : defaults.Width),
            IndentSize = Number("indent_size") ?? Number("tab_width") ?? defaults.IndentSize,
            UseTabs = Setting("indent_style") == "tab",
            LineEnd = Setting("end_of_line") switch
            {
                "lf" => "\n",
                "crlf" => "\r\n",
                "cr" => "\r",
                _ => text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n",
            },
            FinalNewline = Setting("insert_final_newline") != "false",
        };

        string? Setting(string name) => settings.TryGetValue(name, out var value) ? value.ToLowerInvariant() : null;
        int? Number(string name) => int.TryParse(Setting(name), out var value) && value > 0 ? value : null;
    }

    private static IEnumerable<string> FilesAbove(string fullPath)
    {
        for (var folder = Path.GetDirectoryName(fullPath); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var file = Path.Combine(folder, ".editorconfig");
            if (!File.Exists(file)) continue;
            yield return file;
            if (File.ReadLines(file).TakeWhile(line => !line.TrimStart().StartsWith('[')).Any(IsRoot)) yield break;
        }
    }

    private static bool IsRoot(string line) =>
        line.Split('=', 2) is [var name, var value] && name.Trim().Equals("root", StringComparison.OrdinalIgnoreCase) && value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase);

    private static void Apply(string file, string fullPath, Dictionary<string, string> settings)
    {
        var path = Path.GetRelativePath(Path.GetDirectoryName(file)!, fullPath).Replace('\\', '/');
        var applies = false;
        foreach (var line in File.ReadLines(file).Select(l => l.Trim()))
        {
            if (line.Length == 0 || line[0] is '#' or ';') continue;
            if (line[0] == '[' && line[^1] == ']') applies = Matches(line[1..^1], path);
            else if (applies && line.Split('=', 2) is [var name, var value]) settings[name.Trim()] = value.Trim();
        }
    }

    // A pattern without a slash is of names in any folder.
    private static bool Matches(string pattern, string path)
    {
        pattern = pattern.Contains('/') ? pattern.TrimStart('/') : "**/" + pattern;
        return Glob.ToRegex(pattern).IsMatch(path);
    }
}
