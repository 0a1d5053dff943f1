using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Analysis;

/// <summary>
/// How much of an image an element of the last feature map sees, and how far apart two neighbours look (Araujo et al., "Computing
/// receptive fields of convolutional neural networks", 2019).
/// </summary>
/// <param name="Height">Pixels from top to bottom.</param>
/// <param name="Width">Pixels from left to right.</param>
/// <param name="Stride">Pixels between the centres of two neighbours.</param>
public sealed record ReceptiveField(long Height, long Width, double Stride)
{
    /// <summary>That of a model whose first input is a batch of images [B, C, H, W]; null where it has no windows.</summary>
    public static ReceptiveField? Of(ElaboratedModel model, SizeTable sizes)
    {
        if (model.AtDefaults.Inputs.FirstOrDefault() is not { Type.Rank: 4 } image) return null;
        var walk = new Walk(sizes);
        walk.Through(model.AtDefaults, new() { [image] = new Field(1, 1, 1, 1) });
        return walk.Last is not { } last || (last.Height <= 1 && last.Width <= 1) ? null
            : new ReceptiveField((long)Math.Ceiling(last.Height), (long)Math.Ceiling(last.Width), last.StrideDown);
    }

    private readonly record struct Field(double Height, double Width, double StrideDown, double StrideAcross)
    {
        public Field Union(Field other) => new(
            Math.Max(Height, other.Height), Math.Max(Width, other.Width), Math.Max(StrideDown, other.StrideDown), Math.Max(StrideAcross, other.StrideAcross));
    }

    private sealed class Walk(SizeTable sizes)
    {
        /// <summary>That of the last tensor whose elements do not see all of the image.</summary>
        public Field? Last { get; private set; }

        public void Through(Region region, Dictionary<GraphValue, Field> fields)
        {
            foreach (var node in region.Nodes)
            {
                if (node is OperatorNode op)
                {
                    if (After(op, fields) is not { } field) continue;
                    foreach (var output in op.Outputs) fields[output] = field;
                    Last = field;
                }
                else if (node is ModuleNode module)
                {
                    var inside = new Dictionary<GraphValue, Field>();
                    for (var i = 0; i < module.Inputs.Count; i++) Copy(fields, module.Inputs[i], inside, module.Body.Inputs[i]);
                    Through(module.Body, inside);
                    for (var i = 0; i < module.Outputs.Count; i++) Copy(inside, module.Body.Results[i], fields, module.Outputs[i]);
                }
            }
        }

        private static void Copy(Dictionary<GraphValue, Field> from, GraphValue source, Dictionary<GraphValue, Field> to, GraphValue target)
        {
            if (from.TryGetValue(source, out var field)) to[target] = field;
        }

        // Null where an element of the output sees all of the image, or none of it.
        private Field? After(OperatorNode node, Dictionary<GraphValue, Field> fields)
        {
            var seen = node.Inputs.Where(fields.ContainsKey).Select(i => fields[i]).ToArray();
            if (seen.Length == 0 || node.Output.Type.Rank != 4) return null;
            var before = seen.Aggregate((a, b) => a.Union(b));
            var input = node.Inputs[0].Type;
            if (node.Argument("kernel") is { } kernel) return Window(node, kernel, before);
            if (node.Operator.Name == "upsample" && node.Argument("scale") is { } scale && Along(scale, 0) is { } higher && Along(scale, 1) is { } wider)
            {
                return before with { StrideDown = before.StrideDown / higher, StrideAcross = before.StrideAcross / wider };
            }
            if (node.Operator.Group is OperatorGroup.Activation or OperatorGroup.Dropout or OperatorGroup.Normalization or OperatorGroup.Arithmetic) return before;
            var keepsPlaces = input.Rank == 4 && input[2].Equals(node.Output.Type[2]) && input[3].Equals(node.Output.Type[3]);
            return keepsPlaces && node.Operator.Group is not (OperatorGroup.Linear or OperatorGroup.Pooling) ? before : null;
        }

        private Field? Window(OperatorNode node, StaticValue kernel, Field before)
        {
            var stride = node.Argument("stride") ?? kernel;
            var dilation = node.Argument("dilation") ?? new IntValue(Dim.One);
            if (Along(kernel, 0) is not { } high || Along(kernel, 1) is not { } wide || Along(stride, 0) is not { } down || Along(stride, 1) is not { } across
                || Along(dilation, 0) is not { } apartDown || Along(dilation, 1) is not { } apartAcross) return null;
            if (node.Operator.Name.StartsWith("conv_transpose", StringComparison.Ordinal))
            {
                // Between two inputs stride - 1 zeros are put in.
                return new Field(
                    before.Height + ((high - 1) * apartDown / down * before.StrideDown), before.Width + ((wide - 1) * apartAcross / across * before.StrideAcross),
                    before.StrideDown / down, before.StrideAcross / across);
            }
            return new Field(
                before.Height + (high - 1) * apartDown * before.StrideDown, before.Width + (wide - 1) * apartAcross * before.StrideAcross,
                before.StrideDown * down, before.StrideAcross * across);
        }

        private long? Along(StaticValue value, int axis) => value switch
        {
            IntValue one => sizes.Count(one.Dim),
            ListValue { Items: { Count: > 1 } items } when items[axis] is IntValue one => sizes.Count(one.Dim),
            _ => null,
        };
    }
}
