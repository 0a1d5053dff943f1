using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Dlm.Docs.Tests;

/// <summary>Links between pages lead somewhere, and commands name what is there.</summary>
public sealed partial class LinkTests
{
    [Theory, MemberData(nameof(Repository.Pages), MemberType = typeof(Repository))]
    public void LinksLeadSomewhere(string path)
    {
        Assert.All(Link().Matches(Page.Read(path).Prose).Select(match => match.Groups["target"].Value), target =>
        {
            if (target.Contains("://", StringComparison.Ordinal)) return;
            var (file, anchor) = target.Split('#') is [var left, var right] ? (left, right) : (target, null);
            var full = file.Length == 0 ? Repository.Full(path) : Path.Combine(Path.GetDirectoryName(Repository.Full(path))!, file);
            Assert.True(File.Exists(full) || Directory.Exists(full), $"{path} links to {target}, which is not there.");
            if (anchor is null) return;
            var headings = Heading().Matches(Page.Read(Repository.Relative(full)).Prose).Select(match => Zoo.Page.Anchor(match.Groups["text"].Value));
            Assert.Contains(anchor, headings);
        });
    }

    [Theory, MemberData(nameof(Repository.Pages), MemberType = typeof(Repository))]
    public void CommandsNameScriptsThatAreThere(string path)
    {
        var commands = Page.Read(path).Snippets.Where(snippet => snippet.Language == "sh").SelectMany(snippet => snippet.Text.Split('\n'));
        Assert.All(commands.Select(line => line.Split(' ')[0]).Where(word => word.EndsWith(".sh", StringComparison.Ordinal)), script =>
            Assert.True(File.Exists(Repository.Full(script)), $"{path} runs {script}, which is not there."));
    }

    [Theory, MemberData(nameof(Repository.Pages), MemberType = typeof(Repository))]
    public void ProjectsShownNameTheVersionsThereAre(string path)
    {
        var versions = Version().Matches(File.ReadAllText(Repository.Full("Directory.Packages.props")) + File.ReadAllText(Repository.Full("Directory.Build.props")))
            .Select(match => match.Groups["version"].Value)
            .ToArray();
        var shown = Page.Read(path).Snippets.Where(snippet => snippet.Language == "xml").Select(snippet => XElement.Parse($"<all>{snippet.Text}</all>"));
        Assert.All(shown.SelectMany(project => project.DescendantsAndSelf("PackageReference")), package =>
            Assert.Contains(package.Attribute("Version")?.Value, versions));
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("<(TorchSharp)?Version[^>]*>(?<version>[^<]+)</")]
    private static partial Regex Version();

    [GeneratedRegex("^#+ (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
