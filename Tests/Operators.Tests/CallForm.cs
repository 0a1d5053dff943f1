using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Emission;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Operators.Tests;

/// <summary>
/// A call as C# with variables in the place of its numbers, so that one method serves every call that differs in numbers alone.
/// </summary>
/// <param name="Code">The body of a method that runs it.</param>
/// <param name="Values">The numbers of this one.</param>
internal sealed record CallForm(string Code, object[] Values)
{
    /// <summary>The methods that it calls, as C# declares them.</summary>
    public IReadOnlyList<string> Helpers { get; private init; } = [];

    /// <summary>The layers that it makes and TorchSharp lacks, as C# declares them.</summary>
    public IReadOnlyList<string> Layers { get; private init; } = [];

    /// <summary>The call with variables, as where parameters are open.</summary>
    public static CallForm WithVariables(IReadOnlyList<OperatorNode> nodes, IReadOnlyList<GraphValue> inputs)
    {
        var values = new List<object>();
        var body = Body(nodes, inputs, value => Open(value, values));
        var locals = values.Select((value, i) => $"var a{i} = ({(value is long ? "long" : "double")})a[{i}]; ");
        return new CallForm(string.Concat(locals) + body, [.. values]) { Helpers = Each(nodes.Select(n => n.CSharp.Source)), Layers = Each(nodes.Select(n => n.CSharp.Class)) };
    }

    /// <summary>The call with its numbers written out, which C# may read otherwise: a literal 0 can be an enum or a double.</summary>
    public static CallForm WithLiterals(IReadOnlyList<OperatorNode> nodes, IReadOnlyList<GraphValue> inputs) =>
        new(Body(nodes, inputs, value => value), []) { Helpers = Each(nodes.Select(n => n.CSharp.Source)), Layers = Each(nodes.Select(n => n.CSharp.Class)) };

    private static string[] Each(IEnumerable<string?> sources) => [.. sources.OfType<string>()];

    private static StaticValue Open(StaticValue value, List<object> values)
    {
        var name = $"a{values.Count}";
        switch (value)
        {
            case IntValue { Dim.Value: { } whole }:
                values.Add(whole);
                return new IntValue(Dim.Symbol(name, DimSymbolKind.Parameter));
            case FloatValue number:
                values.Add(number.Value);
                return new ParameterValue(name, ParameterType.Float);
            case ListValue list:
                return new ListValue(list.Items.Select(item => Open(item, values)).ToEquatableArray());
            default:
                return value;
        }
    }

    private static string Body(IReadOnlyList<OperatorNode> nodes, IReadOnlyList<GraphValue> inputs, Func<StaticValue, StaticValue> open)
    {
        var names = new Dictionary<GraphValue, string>();
        for (var i = 0; i < inputs.Count; i++) names.TryAdd(inputs[i], $"x[{i}]");
        var body = "";
        foreach (var (node, i) in nodes.Select((node, i) => (node, i)))
        {
            var written = new CSharpValues(name => name, "FloorDivide");
            var form = node.CSharp with { Arguments = Given(node.CSharp).Select(a => a.Value is null ? a : a with { Value = open(a.Value) }).ToArray() };
            var operands = node.Tensors.Select((tensor, port) => tensor is not null ? names[tensor] : node.NumberAt(port) is { } number ? written.WriteOperand(open(number)) : null).ToArray();
            if (node.IsLayer) body += $"var layer{i} = {(form.Class is null ? "global::TorchSharp.torch.nn." : "new ")}{form.Name}({written.Arguments(form)}); made(layer{i}); ";
            body += $"var y{i} = {new CSharpCall(node.Operator, form, operands, written).Write($"layer{i}")}; ";
            names[node.Output] = $"y{i}";
        }
        return $"{body}return y{nodes.Count - 1};";
    }

    private static IEnumerable<CSharpArgument> Given(CSharpForm form) =>
        form.Kind == CSharpFormKind.Template ? form.Arguments : form.Arguments.Reverse().SkipWhile(a => a.IsDefault).Reverse();
}
