using Dlm.Dsl.Analysis;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;

namespace Dlm.Cli.Drawing;

/// <summary>Writes operators and shapes as the figures of papers do: <c>7×7 conv, 64, /2</c> and <c>64 × 112 × 112</c>.</summary>
internal static class DiagramText
{
    public static string Of(OperatorNode node)
    {
        var name = node.Operator.Name;
        var rest = new List<string>();
        if (node.Argument("kernel") is { } kernel && node.Operator.Group is OperatorGroup.Convolution or OperatorGroup.Pooling)
        {
            // One number is the side of a window in each of the dimensions behind batch and channels.
            var sides = kernel is ListValue list ? list.Items.Select(i => i.ToString()!) : Enumerable.Repeat(kernel.ToString()!, Math.Max(1, node.Inputs[0].Type.Rank - 2));
            var window = string.Join("×", sides);
            rest.Add($"{window} {name}");
            if (node.Argument("out") is { } channels) rest.Add(channels.ToString()!);
            var stride = node.Argument("stride");
            if (stride is not null && stride.ToString() != "1") rest.Add(name.Contains("transpose", StringComparison.Ordinal) ? $"×{stride}" : $"/{stride}");
            if (node.Argument("dilation") is { } dilation && dilation.ToString() != "1") rest.Add($"dilation {dilation}");
            if (node.Argument("groups") is { } groups && groups.ToString() != "1") rest.Add(groups.Equals(node.Argument("out")) ? "depthwise" : $"{groups} groups");
            return string.Join(", ", rest);
        }
        var width = name is "linear" or "embedding" ? node.Argument("out") ?? node.Argument("width") : null;
        return width is null ? StageText.Of(node) : $"{name}, {width}";
    }

    /// <summary>A shape, without the dimension that is the batch.</summary>
    public static string Shape(TensorType type, string? batch, SizeTable sizes)
    {
        var known = sizes.Of(type);
        var dims = type.Rank > 1 && type[0].AsSymbol is { } first && first.Name == batch ? known.Dims.Skip(1) : known.Dims;
        var text = string.Join(" × ", dims.Select(d => d.ToString()));
        return type.Element == ElementType.Float || text.Length == 0 ? text : $"{TensorType.NameOf(type.Element)} {text}";
    }
}
