using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Analysis;

/// <summary>Writes a stage as the language would, with its arguments as they came out: <c>conv(64, 7, stride: 2, pad: 3)</c>.</summary>
public static class StageText
{
    private static readonly Dictionary<Operator, string> Signs = OperatorTable.Signs.ToDictionary(row => row.Value, row => row.Key);

    /// <summary>The sign of an operator that is written as one, such as <c>+</c>; null for others.</summary>
    public static string? SignOf(OperatorNode node) => Signs.TryGetValue(node.Operator, out var sign) ? sign : null;

    /// <summary>An operator with those of its arguments that are not the default.</summary>
    public static string Of(OperatorNode node)
    {
        if (SignOf(node) is { } sign) return WithNumber(node, sign);
        var arguments = new List<string>();
        var byPlace = true;
        foreach (var argument in node.Operator.Arguments)
        {
            if (node.Argument(argument.Name) is not { } value) continue;
            if (argument.Default is { } @default && @default.Equals(value))
            {
                byPlace = false;
                continue;
            }
            byPlace &= !argument.IsOptional;
            arguments.Add(byPlace ? Value(value) : $"{argument.Name}: {Value(value)}");
        }
        return arguments.Count == 0 ? node.Operator.Name : $"{node.Operator.Name}({string.Join(", ", arguments)})";
    }

    /// <summary>A block with its arguments.</summary>
    public static string Of(BlockNode node)
    {
        var arguments = node.Template.OpenParameters.Zip(node.ConstructorArguments.Skip(node.Template.Sizes.Count), (p, value) => (Parameter: p, Value: value))
            .Where(a => !a.Value.Equals(a.Parameter.Default))
            .Select(a => $"{a.Parameter.Name}: {Value(a.Value)}")
            .ToArray();
        return arguments.Length == 0 ? node.Template.Name : $"{node.Template.Name}({string.Join(", ", arguments)})";
    }

    /// <summary>The head of a loop, with how many steps it has.</summary>
    public static string Of(LoopNode node, SizeTable sizes)
    {
        var steps = sizes.Of(node.Steps.End - node.Steps.Start);
        return node.Steps.Condition is null ? $"scan, {steps} steps" : $"while, at most {steps} steps";
    }

    // + 2 where one side is a number.
    private static string WithNumber(OperatorNode node, string sign)
    {
        for (var port = 0; port < node.Tensors.Count; port++)
        {
            if (node.NumberAt(port) is { } number) return port == 0 ? $"{Value(number)} {sign}" : $"{sign} {Value(number)}";
        }
        return sign;
    }

    private static string Value(StaticValue value) => value is ListValue list ? $"[{string.Join(", ", list.Items.Select(Value))}]" : value.ToString()!;
}
