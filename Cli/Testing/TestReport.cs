using Dlm.Dsl.Analysis;
using Dlm.Dsl.Elaboration;
using Dlm.Testing;
using Dlm.Testing.Graphs;

namespace Dlm.Cli.Testing;

/// <summary>Writes what the checks find, a line as soon as each has ended.</summary>
internal sealed class TestReport(CommandHost host, IEnumerable<string> claims)
{
    private readonly int width = claims.Max(claim => claim.Length);
    private readonly int[] counts = new int[3];

    /// <summary>Writes what is tested.</summary>
    public void Begin(string name, string path, IReadOnlyList<GraphValue> inputs, SizeTable sizes)
    {
        var shown = inputs.Where(input => !GraphSubject.IsLeftOut(input)).Select(input => $"{(input.Name is null ? "" : input.Name + " ")}{sizes.Of(input.Type)}");
        host.Out.WriteLine($"{name} in {path}, on {string.Join(", ", shown)}");
        host.Out.WriteLine();
    }

    /// <summary>Runs checks and gives the exit code.</summary>
    public int Run(IEnumerable<(string Claim, Func<CheckResult> Run)> checks)
    {
        foreach (var (claim, run) in checks) Add(ResultOf(claim, run));
        var (passed, failed, skipped) = (counts[(int)Outcome.Passed], counts[(int)Outcome.Failed], counts[(int)Outcome.Skipped]);
        host.Out.WriteLine();
        host.Out.WriteLine($"{passed} {(passed == 1 ? "check" : "checks")} passed, {failed} failed{(skipped > 0 ? $", {skipped} {(skipped == 1 ? "does" : "do")} not apply" : "")}.");
        return failed > 0 ? ExitCode.Found : ExitCode.Success;
    }

    private static CheckResult ResultOf(string claim, Func<CheckResult> run)
    {
        try
        {
            return run();
        }
#pragma warning disable CA1031 // A model that throws has failed the check, and the next may still say something.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new CheckResult(claim, Outcome.Failed, $"It throws: {exception.Message.Split('\n')[0]}");
        }
#pragma warning restore CA1031
    }

    private void Add(CheckResult result)
    {
        counts[(int)result.Outcome]++;
        var (word, look) = result.Outcome switch
        {
            Outcome.Passed => ("ok  ", Span.Green),
            Outcome.Failed => ("FAIL", Span.Red),
            _ => ("-   ", Span.Dim),
        };
        var isLong = result.Outcome == Outcome.Failed;
        host.Out.WriteLine($"  {Styled(word, look)}  {(isLong || result.Message.Length == 0 ? result.Claim : $"{result.Claim.PadRight(width)}  {Styled(result.Message, Span.Dim)}")}");
        if (isLong) host.Out.WriteLine($"        {result.Message}");
        host.Out.Flush();
    }

    private string Styled(string text, string look) => host.HasColor ? $"\e[{look}m{text}\e[0m" : text;
}
