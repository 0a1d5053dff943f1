using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Passes;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>
/// Reads the loss: a row of the operator table that compares two tensors. What it is called with is what the network says, and a target
/// that fits it, so that whatever the row complains of is the network's.
/// </summary>
internal sealed class LossReader(RecipeReader reader, DiagnosticBag diagnostics)
{
    // Where the classes stand, where that is not dimension 1.
    private const string Dimension = "dim";

    private static readonly string[] OfClasses = ["cross_entropy", "nll", "multi_margin"];

    /// <summary>The losses that a recipe can name: those of an output and a target.</summary>
    private static IEnumerable<Operator> Rows { get; } = OperatorTable.All
        .Where(row => row.Group == OperatorGroup.Loss && row.Ports.Where(p => !p.IsOptional).Select(p => p.Name).SequenceEqual(["input", "target"]))
        .ToArray();

    /// <summary>The loss; null where something was reported.</summary>
    public RecipeLoss? Read(SettingSyntax setting, RecipeNetwork? network)
    {
        if (reader.Only(setting) is not { } expression) return null;
        var (callee, arguments) = expression.AsCall;
        if (callee is null)
        {
            reader.ReportForm(setting);
            return null;
        }
        if (Rows.FirstOrDefault(r => r.Name == callee.Token.Text) is not { } row)
        {
            ReportUnknown(callee);
            return null;
        }
        return network is null ? null : Bind(row, callee, arguments, network);
    }

    private void ReportUnknown(NameSyntax callee)
    {
        var name = callee.Token.Text;
        if (OperatorTable.Find(name) is not { } other) diagnostics.At(callee.Span).UnknownWord("loss", name, Rows.Select(r => r.Name));
        else if (other.Group != OperatorGroup.Loss) diagnostics.At(callee.Span).NotALoss(name, "it compares nothing", Rows.Select(r => r.Name));
        else diagnostics.At(callee.Span).NotALoss(name, $"it takes {string.Join(", ", other.Ports.Select(p => p.Name))}; that is for an objective", Rows.Select(r => r.Name));
    }

    private RecipeLoss? Bind(Operator row, NameSyntax callee, IReadOnlyList<ArgumentSyntax> arguments, RecipeNetwork network)
    {
        var isOfClasses = OfClasses.Contains(row.Name);
        var (output, model) = (network.Output, network.Class.Name);
        int? classes = isOfClasses ? 1 : null;
        if (isOfClasses && arguments.FirstOrDefault(a => a.Name?.Text == Dimension) is { } dimension)
        {
            if ((classes = ReadDimension(dimension, output)) is null) return null;
            arguments = arguments.Where(a => a != dimension).ToArray();
        }
        if (isOfClasses && !HasClasses(callee, row, output, classes!.Value, model)) return null;
        if (classes is > 1) output = output.WithDims(Order(output.Rank, classes.Value).Select(i => output[i]));

        var values = new List<(ArgumentSyntax, StaticValue)>();
        foreach (var argument in arguments)
        {
            if (argument.Name is { Text: "weight" or "pos_weight" } port && row.Ports.Any(p => p.Name == port.Text))
            {
                diagnostics.At(argument.Span).NotInLanguage($"A tensor for '{port.Text}'", "Give it in C#, or write an objective.");
                return null;
            }
            if (reader.Evaluate(argument.Value) is not { } value) return null;
            values.Add((argument, value));
        }
        var target = isOfClasses
            ? new TensorType(ElementType.Int, new(output.Dims.Where((_, i) => i != 1).ToArray()))
            : output;
        GraphValue?[] tensors = [new GraphValue(output, $"the output of {model}"), new GraphValue(target, "the target"), .. row.Ports.Skip(2).Select(_ => (GraphValue?)null)];
        var ports = new BoundPorts(tensors, new Dictionary<string, StaticValue>(), values);
        if (new CallBinder(new ProofContext(diagnostics)).Bind(row, callee, ports) is not { } call) return null;
        if (!Fits(call, callee, model)) return null;
        LossSide.Check(row.Name, network.Model.AtDefaults.Results[0], callee.Span, diagnostics);
        return new RecipeLoss(row, row.CSharp(call), classes);
    }

    /// <summary>The dimensions of an output with the classes brought to dimension 1.</summary>
    public static IEnumerable<int> Order(int rank, int classes) => [0, classes, .. Enumerable.Range(1, rank - 1).Where(i => i != classes)];

    private bool Fits(OperatorCall call, NameSyntax callee, string model)
    {
        var found = new DiagnosticBag(diagnostics.Text);
        var types = call.With(t => t, new ProofContext(found)).OutputTypes();
        var unfit = found.Diagnostics.FirstOrDefault(d => d.Id.StartsWith("DLM02", StringComparison.Ordinal));
        if (unfit is not null) diagnostics.At(callee.Span).LossUnfit(model, unfit.Message);
        else diagnostics.Take(found, call.Operator.Name, callee.Span);
        if (types is null) return false;
        if (types[0].Rank == 0) return true;
        diagnostics.At(callee.Span).ArgumentOutOfRange("reduction", "\"none\"", "\"mean\" or \"sum\": a step goes down along one number");
        return false;
    }

    private int? ReadDimension(ArgumentSyntax argument, TensorType output)
    {
        if (reader.Evaluate(argument.Value) is not { } value || !reader.Check(Dimension, value, Anything, argument.Value.Span)) return null;
        var given = (long)ArgumentRange.NumberOf(value);
        var index = given < 0 ? given + output.Rank : given;
        if (index >= 1 && index < output.Rank) return (int)index;
        diagnostics.At(argument.Value.Span).ArgumentOutOfRange(Dimension, value.ToString()!, $"a dimension of {output} behind the first, which counts the samples");
        return null;
    }

    private static ArgumentRange Anything { get; } = ArgumentRange.NumberFromZero with { Holds = _ => true };

    // A score for each class, of which there are at least two.
    private bool HasClasses(NameSyntax callee, Operator row, TensorType output, int dimension, string model)
    {
        if (output.Rank < 2 || output.HasAnyRank)
        {
            diagnostics.At(callee.Span).LossUnfit(model, $"'{row.Name}' needs a score for each class of each sample, [B, classes], and the output is {output}.");
            return false;
        }
        var classes = output[dimension];
        if (classes.Value is > 1) return true;
        var message = classes.Value is { } few
            ? $"'{row.Name}' chooses among classes, and dimension {dimension} of {output} has room for {few}. Yes or no is bce_with_logits."
            : $"'{row.Name}' looks for the classes in dimension {dimension} of {output}, which has another size from call to call.";
        var last = output[output.Rank - 1].Value is > 1 && dimension != output.Rank - 1 ? $" They stand in the last: {row.Name}(dim: -1)." : "";
        diagnostics.At(callee.Span).LossUnfit(model, message + last);
        return false;
    }
}
