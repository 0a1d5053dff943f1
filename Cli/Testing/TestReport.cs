using Dlm.Dsl.Analysis;
using Dlm.Dsl.Elaboration;
using Dlm.Testing;

namespace Dlm.Cli.Testing;

/// <summary>Writes what the checks found, a line as soon as each has ended.</summary>
internal sealed class TestReport(CommandHost host)
{
    private readonly int width = ModelCheck.All.Max(check => check.Claim.Length);
    private readonly int[] counts = new int[3];

    /// <summary>Whether a check failed.</summary>
    public bool HasFailed => counts[(int)Outcome.Failed] > 0;

    public void Begin(ElaboratedModel model, string path, SizeTable sizes)
    {
        var inputs = model.AtDefaults.Inputs.Select(input => $"{(input.Name is null ? "" : input.Name + " ")}{sizes.Of(input.Type)}");
        host.Out.WriteLine($"{model.Name} in {path}, on {string.Join(", ", inputs)}");
        host.Out.WriteLine();
    }

    public void Add(CheckResult result)
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

    public void End()
    {
        var (passed, failed, skipped) = (counts[(int)Outcome.Passed], counts[(int)Outcome.Failed], counts[(int)Outcome.Skipped]);
        host.Out.WriteLine();
        host.Out.WriteLine($"{passed} {(passed == 1 ? "check" : "checks")} passed, {failed} failed{(skipped > 0 ? $", {skipped} {(skipped == 1 ? "does" : "do")} not apply" : "")}.");
    }

    private string Styled(string text, string look) => host.HasColor ? $"\e[{look}m{text}\e[0m" : text;
}
