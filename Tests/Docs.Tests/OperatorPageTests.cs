using System.Text;
using Dlm.Dsl.Operators;

namespace Dlm.Docs.Tests;

/// <summary>docs/operators.md is the operator table.</summary>
public sealed class OperatorPageTests
{
    [Fact]
    public void IsTheOperatorTable()
    {
        var page = new StringBuilder();
        page.Append("# Operators\n\n");
        page.Append("Every stage that the language knows, by chapter. This page is written from the compiler's table.\n\n");
        page.Append("`conv(64, 3, pad: 1)` gives arguments by place or by name; an argument with a value here can be left out.\n");
        page.Append("A *list* in the place of one number has one for each side, or names several dimensions: `maxpool([2, 1])`, `sum([1, 2])`.\n");
        page.Append("What takes several tensors lists them before the arrow: `(x, y) -> mse`, or `mse(x, y)`; one with a question mark can be left out.\n");

        foreach (var chapter in OperatorTable.All.GroupBy(row => row.Group).OrderBy(chapter => chapter.Key))
        {
            page.Append($"\n## {Title(chapter.Key)}\n");
            foreach (var row in chapter)
            {
                page.Append($"\n### {row.Name}\n\n{row.Summary}\n\n");
                page.Append($"`{Tensors(row)}{row.Name}{(row.Arguments.Count > 0 ? $"({string.Join(", ", row.Arguments.Select(Show))}{(row.TakesNamedSizes ? ", size: int, ..." : "")})" : "")}{Outputs(row)}`\n");
            }
        }
        Repository.Accepted("docs/operators.md", page.ToString());
    }

    private static string Title(OperatorGroup group) => group switch
    {
        OperatorGroup.Convolution => "Convolutions",
        OperatorGroup.Linear => "Matrix products",
        OperatorGroup.Pooling => "Pooling",
        OperatorGroup.Normalization => "Normalisation",
        OperatorGroup.Activation => "Activations",
        OperatorGroup.Dropout => "Dropout",
        OperatorGroup.Shape => "Changes of shape",
        OperatorGroup.Comparison => "Comparisons and choices",
        OperatorGroup.Recurrent => "Recurrent layers and cells",
        OperatorGroup.Loss => "Losses",
        OperatorGroup.Creation => "Tensors of nothing",
        OperatorGroup.Sampling => "Random tensors",
        OperatorGroup.Reduction => "Reductions",
        _ => group.ToString(),
    };

    private static string Tensors(Operator row)
    {
        if (row.IsCreator) return "";
        if (row.IsVariadic) return "(x, ...) -> ";
        if (row.Ports.Count == 1) return "";
        return $"({string.Join(", ", row.Ports.Select(port => $"{port.Name}{(port.TakesNumber ? " or number" : "")}{(port.IsOptional ? "?" : "")}"))}) -> ";
    }

    private static string Outputs(Operator row) => row.OutputNames.Count == 0 ? "" : $" -> ({string.Join(", ", row.OutputNames)})";

    private static string Show(OperatorArgument argument)
    {
        var kind = argument.Kind switch
        {
            ArgumentKind.Int => "int",
            ArgumentKind.IntOrList => string.Join(" or ", ["int or list", .. (argument.Words ?? []).Select(word => $"\"{word}\"")]),
            ArgumentKind.FloatOrList => "float or list",
            ArgumentKind.Sizes => "ints",
            ArgumentKind.Text => "text",
            ArgumentKind.Float => "float",
            ArgumentKind.Bool => "bool",
            _ => string.Join(" or ", (argument.Words ?? []).Select(word => $"\"{word}\"")),
        };
        var tail = argument.Default is { } value ? $" = {value.ToString()!.Replace("E-0", "e-")}" : argument.IsOptional ? "?" : "";
        return $"{argument.Name}: {kind}{tail}";
    }
}
