using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Operators;

/// <summary>
/// Every row of the operator table does what its cases say: shape, weights, cost, C#, and its complaints. A new row gets its
/// cases in the file of its chapter beside this one.
/// </summary>
public sealed class OperatorTests
{
    private static readonly OperatorCases[] Table =
    [
        .. ConvolutionCases.All, .. LinearCases.All, .. PoolCases.All, .. NormalizationCases.All, .. ActivationCases.All,
        .. DropoutCases.All, .. ResamplingCases.All, .. ArrangementCases.All, .. MatrixCases.All, .. ShapingCases.All, .. FunctionCases.All, .. ReductionCases.All, .. JoiningCases.All, .. ProductCases.All,
        .. ComparisonCases.All, .. IndexingCases.All, .. GatheringCases.All, .. AttentionCases.All, .. RecurrentCases.All, .. LossCases.All, .. CreationCases.All,
        .. SamplingCases.All,
    ];

    private static readonly Func<OperatorCase, bool> IsGood = c => c.CSharp is not null;
    private static readonly Func<OperatorCase, bool> IsBad = c => c.Id is not null;
    private static readonly Func<OperatorCase, bool> IsChecked = c => c.Claim is not null;

    public static TheoryData<string, string> GoodCases() => Rows(IsGood);

    public static TheoryData<string, string> BadCases() => Rows(IsBad);

    public static TheoryData<string, string> CheckedCases() => Rows(IsChecked);

    [Theory, MemberData(nameof(GoodCases))]
    public void GivesShapeWeightsCostAndCSharp(string name, string source)
    {
        var expected = Find(name, source, IsGood);
        var model = Compiling.Model(source);
        Assert.Equal(expected.Output, Shown(model.Class));
        var nodes = model.Class.Body.Nodes.OfType<OperatorNode>().ToArray();
        if (OperatorTable.Find(name)!.Steps is null) Assert.Equal(name, Assert.Single(nodes).Operator.Name);
        Assert.Equal(expected.Weights, string.Join(", ", nodes.SelectMany(node => node.Weights).Select(Shown)));
        Assert.Equal(expected.Macs, nodes.Aggregate(Dim.Zero, (sum, node) => sum + node.Macs).ToString());
        Assert.Contains(expected.CSharp!, Compiling.CSharp(source), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(BadCases))]
    public void Complains(string name, string source)
    {
        var expected = Find(name, source, IsBad);
        var diagnostic = Assert.Single(Compiling.Diagnose(source));
        Assert.Equal(expected.Id, diagnostic.Id);
        Assert.Contains(expected.Says!, diagnostic.Message, StringComparison.Ordinal);
        // At the stage or one of its arguments, which is where to edit.
        var stage = source.IndexOf(expected.Stage, StringComparison.Ordinal);
        Assert.InRange(diagnostic.Span.Start, stage, stage + expected.Stage.Length - 1);
    }

    [Theory, MemberData(nameof(CheckedCases))]
    public void LeavesToTheConstructor(string name, string source)
    {
        var expected = Find(name, source, IsChecked);
        var model = Compiling.Model(source);
        Assert.Equal(expected.Output, model.Class.Body.Results[0].Type.ToString());
        Assert.Contains(expected.Claim!, model.Class.Checks.Select(check => check.Condition.ToString()));
    }

    [Fact]
    public void EveryRowHasCases()
    {
        var cases = Table.ToLookup(row => row.Operator);
        Assert.All(OperatorTable.All, row =>
        {
            var rows = cases[row.Name].SelectMany(r => r.Cases).ToArray();
            Assert.True(rows.Any(IsGood), $"'{row.Name}' has no good case: add it to the cases of its chapter in Tests/Dsl.Tests/Operators.");
            Assert.True(rows.Any(IsBad), $"'{row.Name}' has no bad case: add it to the cases of its chapter in Tests/Dsl.Tests/Operators.");
        });
        Assert.Empty(cases.Select(row => row.Key).Except(OperatorTable.All.Select(row => row.Name)));
        Assert.DoesNotContain(cases, row => row.Count() > 1);
    }

    [Fact]
    public void EveryArgumentIsGivenInAGoodCase() => Assert.All(OperatorTable.All, row =>
    {
        var given = Table.Single(r => r.Operator == row.Name).Cases.Where(c => c.Id is null).SelectMany(c => ArgumentsOf(row, c)).ToHashSet();
        var missing = row.Arguments.Select(a => a.Name).Where(a => !given.Contains(a));
        Assert.True(!missing.Any(), $"no good case of '{row.Name}' gives {string.Join(", ", missing)}");
    });

    [Fact]
    public void EveryRowIsFitToShow() => Assert.All(OperatorTable.All, row =>
    {
        Assert.Matches("^[a-z][a-z0-9_]*$", row.Name);
        Assert.EndsWith(".", row.Summary);
        Assert.Equal(row.Arguments.Count, row.Arguments.Select(a => a.Name).Distinct().Count());
        Assert.All(row.Arguments, a => Assert.Matches("^[a-z][a-z0-9_]*$", a.Name));
        // A call by position could never reach one that must be given behind one that need not.
        Assert.Equal(row.Arguments.OrderBy(a => a.IsOptional).Select(a => a.Name), row.Arguments.Select(a => a.Name));
    });

    private static IEnumerable<string> ArgumentsOf(Operator row, OperatorCase @case)
    {
        var model = Compiling.Parse(@case.Source).Syntax.Declarations.OfType<ModelSyntax>().Single();
        var flow = model.Body!.Statements.OfType<FlowStatementSyntax>().Single();
        if (flow.Expression is not NamedStageSyntax { Stage: CallSyntax call }) return [];
        // The tensors come first; where numbers may stand in their place, places do not tell which is which.
        var inputs = model.Signature!.Inputs.Ports.Select(p => p.Name.Text).ToArray();
        var arguments = call.Arguments.Where(a => a.Name is not null || a.Value is not NameSyntax { Token.Text: var name } || !inputs.Contains(name));
        var byPlace = !row.IsVariadic && row.Ports.All(port => !port.TakesNumber);
        return arguments.Select((argument, i) => argument.Name?.Text ?? (byPlace ? row.Arguments[Math.Min(i, row.Arguments.Count - 1)].Name : "")).Where(name => name.Length > 0);
    }

    private static TheoryData<string, string> Rows(Func<OperatorCase, bool> wanted)
    {
        var data = new TheoryData<string, string>();
        foreach (var row in Table)
        {
            foreach (var @case in row.Cases.Where(wanted)) data.Add(row.Operator, @case.Source);
        }
        return data;
    }

    private static OperatorCase Find(string name, string source, Func<OperatorCase, bool> kind) =>
        Table.Single(r => r.Operator == name).Cases.First(c => kind(c) && c.Source == source);

    // As the signature has it.
    private static string Shown(ElaboratedBlock block) => block.Body.Results is [var only]
        ? only.Type.ToString()
        : $"({string.Join(", ", block.Body.Results.Zip(block.ResultNames, (result, name) => $"{name}: {result.Type}"))})";

    private static string Shown(Weight weight)
    {
        var text = $"{weight.Name} [{string.Join(", ", weight.Dims.AsEnumerable())}]";
        return weight.IsBuffer ? $"({text})" : text;
    }
}
