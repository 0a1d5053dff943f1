using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

/// <summary>The tensors of a call by port, the numbers that stand in the place of one, and the arguments that are left.</summary>
internal sealed record BoundPorts(
    IReadOnlyList<GraphValue?> Tensors,
    IReadOnlyDictionary<string, StaticValue> Numbers,
    IReadOnlyList<(ArgumentSyntax Syntax, StaticValue Value)> Arguments)
{
    /// <summary>The tensors that flow in.</summary>
    public IReadOnlyList<GraphValue> Inputs { get; } = Tensors.Where(t => t is not null).ToArray()!;
}

/// <summary>
/// Matches the tensors of a call to what is called: <c>x -> f(args)</c> is <c>f(x, args)</c>, and so is <c>f(args)</c> at the
/// beginning of a line where it has too few tensors. A tensor may be given by the name of its port.
/// </summary>
internal sealed class PortBinder(string callee, IReadOnlyList<OperatorPort> ports, bool isVariadic, IEnumerable<string> otherNames, DiagnosticBag diagnostics)
{
    private int Fewest => isVariadic ? 1 : ports.Count(p => !p.IsOptional);

    private int Most => isVariadic ? int.MaxValue : ports.Count;

    /// <summary>What goes where, or null where something was reported.</summary>
    public BoundPorts? Bind(NameSyntax at, IReadOnlyList<(ArgumentSyntax Syntax, Value Value)> arguments, Value flow, bool isChained, ISet<GraphValue> there)
    {
        // What is optional is no sign that the rest was meant to be given too.
        var given = arguments.Where(a => a.Syntax.Name is not { } name || ports.Any(p => p.Name == name.Text && !p.IsOptional)).Sum(a => a.Value.Tensors.Count);
        var numbers = ports.Count(p => p is { TakesNumber: true, IsOptional: false });
        var flows = isChained || given == 0 || given + numbers < Fewest;

        var inOrder = new List<(GraphValue? Tensor, StaticValue? Number)>();
        if (flows) inOrder.AddRange(flow.Tensors.Select(t => ((GraphValue?)t, (StaticValue?)null)));
        var rest = new List<(ArgumentSyntax Syntax, StaticValue Value)>();
        var named = new List<(ArgumentSyntax Syntax, Value Value)>();
        foreach (var (syntax, value) in arguments)
        {
            if (value is AbsentItem)
            {
                // As if it were not written.
            }
            else if (syntax.Name is { } name && (value is not StaticItem || ports.Any(p => p.Name == name.Text)))
            {
                named.Add((syntax, value));
            }
            else if (value is StaticItem { Value: var known })
            {
                var next = inOrder.Count < ports.Count ? ports[inOrder.Count] : null;
                var isPort = syntax.Name is null && rest.Count == 0 && next is { TakesNumber: true, IsOptional: false } && StaticEvaluator.IsNumber(known);
                if (isPort) inOrder.Add((null, known));
                else rest.Add((syntax, known));
            }
            // einsum("bi,ij->bj", x, w): a text before any number of tensors.
            else if (rest.Count == 0 || (isVariadic && rest.All(r => r.Value is StringValue)))
            {
                inOrder.AddRange(value.Tensors.Select(t => ((GraphValue?)t, (StaticValue?)null)));
            }
            else
            {
                diagnostics.At(syntax.Span).WrongArgumentKind(callee, "a value that is known when the model is made", "a tensor");
                return null;
            }
        }
        if (inOrder.Select(i => i.Tensor).Take(isVariadic ? int.MaxValue : Fewest).FirstOrDefault(t => t is { IsOptional: true } && !there.Contains(t)) is { } missing)
        {
            diagnostics.At(at.Span).OptionalMissing(missing.Name ?? "the input");
            return null;
        }
        if (isVariadic && named.Count == 0 && inOrder.Count > 0) return new BoundPorts(inOrder.Select(i => i.Tensor).ToArray(), new Dictionary<string, StaticValue>(), rest);
        if (inOrder.Count > Most)
        {
            diagnostics.At(at.Span).WrongInputCount(callee, Fewest, Most, inOrder.Count);
            return null;
        }
        return Fill(at, inOrder, named, rest);
    }

    private BoundPorts? Fill(
        NameSyntax at, List<(GraphValue? Tensor, StaticValue? Number)> inOrder, List<(ArgumentSyntax Syntax, Value Value)> named, List<(ArgumentSyntax Syntax, StaticValue Value)> rest)
    {
        var tensors = new GraphValue?[ports.Count];
        var numbers = new Dictionary<string, StaticValue>(StringComparer.Ordinal);
        for (var i = 0; i < inOrder.Count; i++)
        {
            tensors[i] = inOrder[i].Tensor;
            if (inOrder[i].Number is { } number) numbers[ports[i].Name] = number;
        }
        foreach (var (syntax, value) in named)
        {
            var name = syntax.Name!;
            var index = ports.TakeWhile(p => p.Name != name.Text).Count();
            if (index == ports.Count)
            {
                if (otherNames.Contains(name.Text)) diagnostics.At(syntax.Span).WrongArgumentKind(name.Text, "a value that is known when the model is made", "a tensor");
                else diagnostics.At(name.Span).UnknownArgument(callee, name.Text, ports.Select(p => p.Name).Concat(otherNames));
                return null;
            }
            if (tensors[index] is not null || numbers.ContainsKey(name.Text))
            {
                diagnostics.At(syntax.Span).DuplicateArgument(callee, name.Text);
                return null;
            }
            if (value is TensorItem tensor) tensors[index] = tensor.Tensor;
            else if (value is StaticItem { Value: var number } && ports[index].TakesNumber && StaticEvaluator.IsNumber(number)) numbers[name.Text] = number;
            else
            {
                diagnostics.At(syntax.Span).WrongArgumentKind(name.Text, ports[index].TakesNumber ? "a tensor or a number" : "a tensor", value is StaticItem other ? other.Value.Described : "several tensors");
                return null;
            }
        }
        for (var i = 0; i < ports.Count; i++)
        {
            if (ports[i].IsOptional || tensors[i] is not null || numbers.ContainsKey(ports[i].Name)) continue;
            diagnostics.At(at.Span).WrongInputCount(callee, Fewest, Most, tensors.Count(t => t is not null) + numbers.Count);
            return null;
        }
        return new BoundPorts(tensors, numbers, rest);
    }
}
