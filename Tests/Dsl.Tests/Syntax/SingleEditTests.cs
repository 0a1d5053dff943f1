using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Syntax;

/// <summary>One slip in a model that was right gives few errors, and none outside the declaration where it happened.</summary>
public sealed class SingleEditTests
{
    private const int Edits = 500;
    private const int MostErrors = 3;

    public static TheoryData<string> Files() => [.. Repository.Zoo.Select(f => f.Path)];

    [Theory, MemberData(nameof(Files))]
    public void InTheZoo(string path) => Bounded.Run(() => CheckEdits(Repository.Zoo.Single(f => f.Path == path).Text));

    [Fact]
    public void AmongNeighbours() => Bounded.Run(() => CheckEdits(Neighbours));

    private static void CheckEdits(string text)
    {
        Assert.DoesNotContain(Compiling.Diagnose(text), d => d.Severity == Severity.Error);
        var starts = Compiling.Parse(text).Syntax.Declarations.Select(d => d.Span.Start).ToArray();
        var mutations = new Mutations(text, seed: 2026);
        var problems = new List<string>();
        for (var i = 0; i < Edits; i++)
        {
            var (edited, what, at) = mutations.EditToken();
            var errors = TreeRules.Check(edited).Diagnostics.Where(d => d.Severity == Severity.Error).ToArray();
            var declaration = Array.FindLastIndex(starts, start => start <= at);
            var from = declaration < 0 ? 0 : starts[declaration];
            var to = declaration + 1 < starts.Length && declaration >= 0 ? starts[declaration + 1] + edited.Length - text.Length : edited.Length;
            if (errors.Length <= MostErrors && errors.All(e => e.Span.Start >= from && e.Span.End <= to)) continue;
            problems.Add($"{what}\n{Compiling.Listed(errors)}");
        }
        Assert.True(problems.Count == 0, string.Join("\n\n", problems.Take(10).Prepend($"{problems.Count} of {Edits} edits:")));
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
