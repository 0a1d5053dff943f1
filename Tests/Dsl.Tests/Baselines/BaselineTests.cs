using System.Globalization;
using System.Text;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Baselines;

/// <summary>What each stage of the compiler makes of the samples in Tests/Baselines, a folder a sample.</summary>
public sealed class BaselineTests
{
    public static TheoryData<string> Samples() => [.. Repository.Samples.Select(s => s.Path)];

    [Theory, MemberData(nameof(Samples))]
    public void Tokens(string path)
    {
        var file = Parse(path);
        var remarks = TreeRules.TokensOf(file.Syntax)
            .GroupBy(token => file.Source.LineOf(token.Start))
            .Select(line => (line.Key, string.Join(" ", line.Select(Shown))));
        Match(path, "tokens", Annotated.Of(file.Text, remarks));

        static string Shown(SyntaxToken token) => token.IsMissing ? $"{token.Kind}(missing)" : $"{token.Kind}({token.Text})";
    }

    [Theory, MemberData(nameof(Samples))]
    public void Tree(string path)
    {
        var text = new StringBuilder();
        Write(Parse(path).Syntax, 0);
        Match(path, "tree", text.ToString());

        void Write(SyntaxElement element, int depth)
        {
            if (element is SyntaxToken { IsMissing: false, Kind: not SyntaxKind.EndOfFile } token) text.Append(' ', depth * 2).Append(token.Text).Append('\n');
            else text.Append(' ', depth * 2).Append(element is SyntaxToken other ? $"{other.Kind}{(other.IsMissing ? " missing" : "")}" : element.GetType().Name).Append('\n');
            if (element is not SyntaxNode node) return;
            foreach (var child in node.Children) Write(child, depth + 1);
        }
    }

    /// <summary>Each stage with its key, its shape, what it keeps and what it costs, over the default arguments.</summary>
    [Theory, MemberData(nameof(Samples))]
    public void Shapes(string path)
    {
        var file = Parse(path);
        var remarks = new List<(int, string)>();
        foreach (var model in DlmCompiler.Elaborate(file).Models)
        {
            foreach (var (key, node) in model.AtDefaults.Operators()) remarks.Add((file.Source.LineOf(node.Span.Start), Shown(key, node)));
            var line = file.Source.LineOf(file.Syntax.Declarations.First(d => d.Name.Text == model.Name).Name.Start);
            remarks.Add((line, $"{model.ParameterCount} parameters, {model.Macs} multiply-accumulates"));
        }
        Match(path, "shapes", Annotated.Of(file.Text, remarks));

        static string Shown(string key, OperatorNode node)
        {
            var text = $"{node.Operator.Name} {string.Join(", ", node.Inputs.Select(i => i.Type))} -> {node.Output.Type}";
            if (node.Weights.Count > 0) text += $"  {key}: {string.Join(", ", node.Weights.Select(w => $"{w.Name} [{string.Join(", ", w.Dims.AsEnumerable())}]"))}";
            return node.Macs.Value == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}  {node.Macs} macs");
        }
    }

    [Theory, MemberData(nameof(Samples))]
    public void Diagnostics(string path)
    {
        var file = Parse(path);
        var remarks = Compile(file).Diagnostics.Select(d =>
            (d.Start.Line, $"{Annotated.Squiggle(file.Source, d.Span)}\n{d.Severity.ToString().ToLowerInvariant()} {d.Id}: {d.Message.ReplaceLineEndings("\n")}"));
        Match(path, "diagnostics", Annotated.Of(file.Text, remarks));
    }

    [Theory, MemberData(nameof(Samples))]
    public void CSharp(string path)
    {
        var sources = Compile(Parse(path)).Sources;
        Match(path, "csharp", sources.Count == 0 ? "// Nothing: the file has errors.\n" : Assert.Single(sources).Text, "cs");
    }

    /// <summary>The samples that are models of the zoo are those models, and not an older form of them.</summary>
    [Fact]
    public void SamplesOfTheZooAreTheZoos()
    {
        foreach (var (path, text) in Repository.Samples)
        {
            var twin = Repository.Zoo.FirstOrDefault(m => string.Equals(Path.GetFileName(m.Path), Path.GetFileName(path), StringComparison.OrdinalIgnoreCase));
            if (twin.Path is not null) Assert.Equal(twin.Text, text);
        }
    }

    private static ParsedFile Parse(string path) => Compiling.Parse(Repository.Samples.Single(s => s.Path == path).Text, Path.GetFileName(path));

    private static CompiledFile Compile(ParsedFile file) => DlmCompiler.Compile(file, default, Compiling.Options);

    // Tests/Baselines/lenet5/lenet5.tokens.verified.txt
    private static void Match(string path, string stage, string text, string extension = "txt") =>
        Snapshot.Match(text, extension, Repository.PathOf(path.Split('/')), stage);
}
