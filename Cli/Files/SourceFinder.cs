namespace Dlm.Cli.Files;

/// <summary>Finds the <c>.dlm</c> files that arguments name: files, folders with all below them, and patterns.</summary>
internal static class SourceFinder
{
    private static readonly HashSet<string> SkippedFolders = new(["bin", "obj", "artifacts", "node_modules"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The full paths, sorted, each once. An argument that names nothing is an error.</summary>
    public static IReadOnlyList<string> Find(IEnumerable<string> arguments, CommandHost host)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            var full = host.FullPath(argument);
            if (File.Exists(full)) found.Add(full);
            else if (Directory.Exists(full)) found.UnionWith(Below(full));
            else if (Glob.IsPattern(argument)) found.UnionWith(Matching(argument, host));
            else throw new CommandException($"'{argument}' is no file and no folder.");
        }
        // A check of nothing would look like a success.
        return found.Count > 0 ? [.. found] : throw new CommandException($"There is no .dlm file in {string.Join(", ", arguments.Select(a => a == "." ? "this folder" : $"'{a}'"))}.");
    }

    /// <summary>Every <c>.dlm</c> file below a folder, but for those that builds and tools leave there.</summary>
    public static IEnumerable<string> Below(string folder)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true };
        foreach (var file in Directory.EnumerateFiles(folder, "*.dlm", options)) yield return file;
        foreach (var inner in Directory.EnumerateDirectories(folder, "*", options))
        {
            var name = Path.GetFileName(inner);
            if (name.StartsWith('.') || SkippedFolders.Contains(name)) continue;
            foreach (var file in Below(inner)) yield return file;
        }
    }

    private static IReadOnlyList<string> Matching(string pattern, CommandHost host)
    {
        // The part before the first sign is a folder, which may lie outside of the current one.
        var slashed = pattern.Replace('\\', '/');
        var folder = slashed[..(slashed[..slashed.AsSpan().IndexOfAny("*?{[")].LastIndexOf('/') + 1)];
        var root = host.FullPath(folder.Length == 0 ? "." : folder);
        if (!Directory.Exists(root)) throw new CommandException($"'{pattern}' matches no file: there is no folder '{folder}'.");
        var regex = Glob.ToRegex(slashed[folder.Length..]);
        string[] matches = [.. Below(root).Where(path => regex.IsMatch(Path.GetRelativePath(root, path).Replace('\\', '/')))];
        return matches.Length > 0 ? matches : throw new CommandException($"'{pattern}' matches no .dlm file.");
    }
}
