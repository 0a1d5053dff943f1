using Dlm.Dsl.Syntax;
using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Tests.Harness;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Tests.Syntax;

/// <summary>One slip in a model that was right gives few errors, and none outside the declaration where it happened.</summary>
public sealed class SingleEditTests
{
    private const int MostErrors = 3;

    // 500 edits of a file; where the zoo is large, fewer of each, so that these tests take no longer. DLM_EDITS=500 makes all of them.
    private const int Most = 500;
    private const int Budget = 4000;

    private static readonly int edits = int.TryParse(Environment.GetEnvironmentVariable("DLM_EDITS"), out var given) ? given : Math.Min(Most, Math.Max(60, Budget / Repository.Zoo.Count));

    public static TheoryData<string> Files() => [.. Repository.Zoo.Select(f => f.Path)];

    [Theory, MemberData(nameof(Files))]
    public void InTheZoo(string path) => Bounded.Run(() => CheckEdits(Repository.Zoo.Single(f => f.Path == path).Text, Repository.ImportsOf(path)));

    [Fact]
    public void AmongNeighbours() => Bounded.Run(() => CheckEdits(Neighbours, default));

    private static void CheckEdits(string text, EquatableArray<ParsedFile> imports)
    {
        Assert.DoesNotContain(TreeRules.Check(text, imports).Diagnostics, d => d.Severity == Severity.Error);
        var declarations = Compiling.Parse(text).Syntax.Declarations;
        var starts = declarations.Select(d => d.Span.Start).ToArray();
        var dependents = Enumerable.Range(0, starts.Length).Select(i => DependentsOf(declarations, i)).ToArray();
        var mutations = new Mutations(text, seed: 2026);
        var problems = new List<string>();
        for (var i = 0; i < edits; i++)
        {
            var (edited, what, at) = mutations.EditToken((TokenEdit)(i % 3));
            var errors = TreeRules.Check(edited, imports).Diagnostics.Where(d => d.Severity == Severity.Error).ToArray();
            var declaration = Math.Max(0, Array.FindLastIndex(starts, start => start <= at));
            // Where a declaration ends in the edited text: those behind the edit have moved with it.
            int EndOf(int i) => i + 1 < starts.Length ? starts[i + 1] + (starts[i + 1] > at ? edited.Length - text.Length : 0) : edited.Length;
            int StartOf(int i) => i == 0 ? 0 : EndOf(i - 1);
            // A member of a family, or a model that calls the edited block, is what the edit changes; the namespace is everybody's.
            var touched = at < starts[0] ? Enumerable.Range(0, starts.Length).ToHashSet() : dependents[declaration];
            var most = Math.Max(MostErrors, touched.Count + 1);
            if (errors.Length <= most && errors.All(e => touched.Any(d => e.Span.Start >= StartOf(d) && e.Span.End <= EndOf(d)))) continue;
            problems.Add($"{what}\n{Compiling.Listed(errors)}");
        }
        Assert.True(problems.Count == 0, string.Join("\n\n", problems.Take(10).Prepend($"{problems.Count} of {edits} edits:")));
    }

    /// <summary>The places of a declaration and of those that mention it, directly or through others.</summary>
    private static HashSet<int> DependentsOf(IReadOnlyList<DeclarationSyntax> declarations, int declaration)
    {
        var found = new HashSet<int> { declaration };
        bool Mentions(int i) => FileSummary.NamesIn(declarations[i]).Intersect(found.Select(d => declarations[d].Name.Text)).Any();
        while (Enumerable.Range(0, declarations.Count).FirstOrDefault(i => !found.Contains(i) && Mentions(i), -1) is >= 0 and var next) found.Add(next);
        return found;
    }

    // Three models of different build, so that an edit could leak into another one.
    private const string Neighbours = """
        namespace Neighbours

        /// The first.
        model First(width: int = 8, slope: float = 0.2) : (x: [B, 3, H, W]) -> [B, width, _, _] {
          x -> stem: conv(width, (3, 5), stride: 2, pad: 1, bias: false)
            -> batchnorm -> leaky_relu(slope)
          body: { conv(width * 2, 1) -> relu   // widens
            conv(width, 1) }
          expect parameters 656, output [B, 8, _, _]
        }

        // Between two of them.
        model Second : [B, 16] -> [B, 4] {
          layers: {
            linear(8 + 2 * 4) -> tanh
            dropout(0.5 / 2)
            linear(4, bias: true)
          }
          softmax(dim: -1)
        }

        model Third(classes: int = 10) : float64[N, 3, 32, 32] -> float64[N, classes] {
          maxpool(2) -> flatten
          head: linear(classes)
        }
        """;
}
