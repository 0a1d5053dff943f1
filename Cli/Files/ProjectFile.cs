using System.Xml;
using System.Xml.Linq;

namespace Dlm.Cli.Files;

/// <summary>What the compiler needs to know of a project, read off its file as it stands: conditions and imports are not followed.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="RootNamespace">The namespace of a <c>.dlm</c> file that declares none.</param>
/// <param name="References">The folders of the projects that it refers to.</param>
internal sealed record ProjectFile(string Folder, string RootNamespace, IReadOnlyList<string> References)
{
    private const string Without = "Models";

    /// <summary>The project of a folder; one without a project file refers to nothing.</summary>
    public static ProjectFile Of(string folder)
    {
        if (Directory.EnumerateFiles(folder, "*.csproj").Order(StringComparer.Ordinal).FirstOrDefault() is not { } path) return new ProjectFile(folder, Without, []);
        var name = Identifier(Path.GetFileNameWithoutExtension(path));
        try
        {
            var project = XDocument.Load(path);
            var said = project.Descendants("RootNamespace").FirstOrDefault()?.Value.Trim();
            var references = project.Descendants("ProjectReference").Select(r => r.Attribute("Include")?.Value).OfType<string>()
                .Select(include => Path.GetDirectoryName(Path.GetFullPath(include.Replace('\\', '/'), folder))!)
                .Where(Directory.Exists);
            return new ProjectFile(folder, string.IsNullOrEmpty(said) || said.Contains('$') ? name : said, [.. references.Distinct()]);
        }
        catch (XmlException)
        {
            // A project that MSBuild could not read either still has a name.
            return new ProjectFile(folder, name, []);
        }
    }

    /// <summary>The projects that it refers to, and those that they refer to.</summary>
    public IEnumerable<ProjectFile> Libraries()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { Folder };
        var open = new Queue<string>(References);
        while (open.TryDequeue(out var folder))
        {
            if (!seen.Add(folder)) continue;
            var library = Of(folder);
            yield return library;
            foreach (var further in library.References) open.Enqueue(further);
        }
    }

    // As MSBuild makes a namespace of a project's name.
    private static string Identifier(string name) =>
        string.Concat(name.Select((c, i) => char.IsLetter(c) || c is '_' or '.' || (i > 0 && char.IsDigit(c)) ? c : '_'));
}
