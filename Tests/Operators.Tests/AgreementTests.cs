using Dlm.Dsl.Shapes;

namespace Dlm.Operators.Tests;

/// <summary>What the compiler says of every operator is what libtorch does, on inputs and arguments drawn from a fixed seed.</summary>
public sealed class AgreementTests(DrawnTable table)
{
    private const int Fewest = 120;
    private const int MostShown = 8;

    public static TheoryData<string> Operators => new(DrawnTable.Rows.Keys);

    [Theory]
    [MemberData(nameof(Operators))]
    public void WhatIsAcceptedGivesWhatIsPredicted(string name)
    {
        var accepted = table.Of(name).Where(v => v.Outputs is not null).ToArray();
        Assert.True(accepted.Length >= Fewest, $"only {accepted.Length} drawn calls of '{name}' are accepted: give it draws of its own in SpecialDraws.cs");
        Report(accepted.SelectMany(Disagreements));
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void WhatIsRejectedFails(string name)
    {
        var rejected = table.Of(name).Where(v => v.Outputs is null && v.Form is not null).ToArray();
        Report(rejected.Select(AcceptedByLibtorch).Where(text => text.Length > 0));
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void OpenSizesGiveTheSame(string name)
    {
        Report(table.Of(name).SelectMany(verdict => OpenDisagreements(verdict, DimSymbolKind.Parameter, true).Concat(OpenDisagreements(verdict, DimSymbolKind.Input, false))));
    }

    private IEnumerable<string> Disagreements(Verdict verdict)
    {
        var predicted = $"{string.Join(", ", verdict.Outputs!.Select(Libtorch.Shown))}";
        var state = string.Join(", ", verdict.State.Order(StringComparer.Ordinal));
        foreach (var form in new[] { verdict.Form, table.LiteralsOf(verdict) }.OfType<CallForm>())
        {
            if (table.Forms.ErrorOf(form.Code) is { } error)
            {
                yield return $"{verdict.Draw}\n  does not compile: {form.Code}\n  {error}";
                continue;
            }
            var outcome = Libtorch.Run(verdict.Draw, table.Forms.MethodOf(form.Code), form.Values);
            if (outcome.Outputs == predicted && outcome.State == state) continue;
            yield return $"{verdict.Draw}\n  C#        {form.Code}\n  predicted {predicted}; {state}\n  libtorch  {outcome.Outputs ?? outcome.Error}; {outcome.State}";
        }
    }

    private string AcceptedByLibtorch(Verdict verdict)
    {
        var form = verdict.Form!;
        if (table.Forms.ErrorOf(form.Code) is not null) return "";
        var outcome = Libtorch.Run(verdict.Draw, table.Forms.MethodOf(form.Code), form.Values);
        return outcome.Outputs is null ? "" : $"{verdict.Draw}\n  compiler  {verdict.Complaint}\n  libtorch  {outcome.Outputs}";
    }

    // Where sizes are open, a rule may ask for more than it needs where they are known; what it accepts has to agree.
    private static IEnumerable<string> OpenDisagreements(Verdict closed, DimSymbolKind kind, bool opensArguments)
    {
        var opening = new Opening(kind, opensArguments);
        var open = Verdict.OnOpen(closed.Draw, opening);
        if (open.Outputs is null) yield break;
        var failing = open.Claims.Where(claim => !opening.Holds(claim.Condition)).Select(claim => claim.Message).FirstOrDefault();
        if (closed.Outputs is null)
        {
            if (failing is null) yield return $"{closed.Draw}\n  is rejected: {closed.Complaint}\n  but with open sizes nothing checks it: {string.Join(", ", open.Outputs)}";
            yield break;
        }
        if (failing is not null) yield return $"{closed.Draw}\n  is accepted, but with open sizes fails: {failing}";
        var (expected, actual) = (string.Join(", ", closed.Outputs), string.Join(", ", open.Outputs.Select(o => o.WithDims(o.Dims.Select(opening.Close)))));
        if (expected != actual) yield return $"{closed.Draw}\n  gives {expected}\n  with open sizes {string.Join(", ", open.Outputs)}, which is {actual}";
        if (!closed.Macs.Equals(opening.Close(open.Macs))) yield return $"{closed.Draw}\n  costs {closed.Macs}, with open sizes {open.Macs}, which is {opening.Close(open.Macs)}";
    }

    private static void Report(IEnumerable<string> disagreements)
    {
        var all = disagreements.ToArray();
        Assert.True(all.Length == 0, $"{all.Length} disagreements\n{string.Join("\n", all.Take(MostShown))}");
    }
}
