using System.Xml.Linq;
using Dlm.Cli.Tests.Harness;
using Dlm.Dsl;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Dlm.Cli.Tests;

public sealed class NewTests
{
    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";

    [Fact]
    public void WritesAProject()
    {
        using var place = new Workplace();
        var run = place.Run("new", "My.Digits");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal([".gitignore", "DigitNet.dlm", "My.Digits.csproj", "Program.cs"], Directory.GetFiles(Path.Combine(place.Folder, "My.Digits")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("1 file checked: no errors.\n", place.Run("check").Out);
        Assert.Equal(0, place.Run("fmt", "--check").Status);
        Assert.Contains("421,642", place.Run("show", "DigitNet").Out);
    }

    [Fact]
    public void ItsProgramCompilesWithWhatTheModelBecomes()
    {
        using var place = new Workplace();
        place.Run("new", "My.Digits");
        var model = Assert.Single(DlmCompiler.Compile(DlmCompiler.Parse("DigitNet.dlm", place.Read("My.Digits/DigitNet.dlm")), default, new CompilerOptions("My.Digits")).Sources).Text;
        string[] sources = [ImplicitUsings, model, place.Read("My.Digits/Program.cs")];
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("My.Digits", sources.Select(s => CSharpSyntaxTree.ParseText(s)), references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Equal("", string.Join('\n', compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning)));
    }

    [Fact]
    public void ItsPackagesAreThoseOfThisVersion()
    {
        using var place = new Workplace();
        place.Run("new", "Digits");
        var packages = XDocument.Parse(place.Read("Digits/Digits.csproj")).Descendants("PackageReference").ToDictionary(p => p.Attribute("Include")!.Value, p => p.Attribute("Version")!.Value);
        var here = typeof(DlmCommand).Assembly.GetName().Version!.ToString(3);
        Assert.Equal((here, here), (packages["Dlm.Generator"], packages["Dlm.Runtime"]));
        var versions = File.ReadAllText(Path.Combine(Workplace.Zoo, "..", "Directory.Packages.props"));
        Assert.Contains($">{packages["TorchSharp-cpu"]}</TorchSharpVersion>", versions);
    }

    [Theory]
    [InlineData("3x", "'3x' cannot be a namespace. Use letters, digits and dots, such as My.Digits.")]
    [InlineData("a-b", "'a-b' cannot be a namespace. Use letters, digits and dots, such as My.Digits.")]
    [InlineData("DigitNet", "'DigitNet' means something else in the program already. Choose another name.")]
    [InlineData("full", "The folder 'full' is not empty.")]
    public void RefusesWhatCannotBe(string name, string message)
    {
        using var place = new Workplace(("full/a.txt", ""));
        Assert.Equal(new CommandRun(2, "", $"dlm: {message}\n"), place.Run("new", name));
    }
}
