using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Operators.Tests;

/// <summary>What the compiler says of a call.</summary>
internal sealed class Verdict
{
    private static readonly SourceText NoText = new("drawn.dlm", "");

    private Verdict(Draw draw) => Draw = draw;

    /// <summary>The call.</summary>
    public Draw Draw { get; }

    /// <summary>The types of what flows out; null where the call is rejected.</summary>
    public IReadOnlyList<TensorType>? Outputs { get; private init; }

    /// <summary>Why it is rejected: the diagnostic's id and the first line of its message.</summary>
    public string Complaint { get; private init; } = "";

    /// <summary>The argument that it is about, or null.</summary>
    public string? Argument { get; private init; }

    /// <summary>The parameters and buffers it has, as <c>weight [8, 4]</c>.</summary>
    public IReadOnlyList<string> State { get; private init; } = [];

    /// <summary>Multiply-accumulates, where it is accepted.</summary>
    public Dim Macs { get; private init; } = Dim.Zero;

    /// <summary>How it would be run; null where a rejected call cannot be written at all.</summary>
    public CallForm? Form { get; private init; }

    /// <summary>The same with its numbers written out.</summary>
    public CallForm? Literals { get; private init; }

    /// <summary>What would have to be checked where sizes are open, when the module is made and when it is called.</summary>
    public IReadOnlyList<Claim> Claims { get; private init; } = [];

    /// <summary>The compiler's word on a call whose sizes are all known.</summary>
    public static Verdict On(Draw draw)
    {
        var tensors = draw.Tensors.Select((type, i) => type is null ? null : new GraphValue(type, $"input {i}")).ToArray();
        return On(draw, tensors, draw.Arguments(), draw.Named.ToDictionary(n => n.Name, n => (Dim)n.Size), new ProofContext(new DiagnosticBag(NoText)));
    }

    /// <summary>The compiler's word on the same call where a class is being written whose inputs' sizes and whole numbers are open.</summary>
    public static Verdict OnOpen(Draw draw, Opening opening)
    {
        var tensors = draw.Tensors.Select((type, i) => type is null ? null : new GraphValue(opening.Open(draw, i), $"input {i}")).ToArray();
        return On(draw, tensors, opening.Arguments(draw), opening.Named(draw), new ProofContext(new DiagnosticBag(NoText)) { IsOpen = true });
    }

    private static Verdict On(
        Draw draw, IReadOnlyList<GraphValue?> tensors, Dictionary<string, StaticValue> arguments, Dictionary<string, Dim> named, ProofContext proofs)
    {
        string? about = null;
        var call = new OperatorCall(draw.Row, tensors, arguments, name => { about ??= name; return default; }, proofs) { NamedSizes = named };
        foreach (var argument in draw.Row.Arguments.Where(a => arguments.ContainsKey(a.Name))) InRange(call, argument);
        var nodes = proofs.Diagnostics.HasErrors ? [] : Run(call);
        if (proofs.Diagnostics.HasErrors)
        {
            var said = proofs.Diagnostics.Diagnostics.First();
            return new Verdict(draw) { Complaint = $"{said.Id} {said.Message.Split('\n')[0]}", Argument = about, Form = proofs.IsOpen ? null : TryWrite(call) };
        }
        Assert.True(nodes.Count > 0, $"{draw} is rejected without a word");
        return new Verdict(draw)
        {
            Outputs = nodes[^1].Outputs.Select(o => o.Type).ToArray(),
            State = nodes.SelectMany(n => n.Weights).Select(w => $"{w.Name} [{string.Join<Dim>(", ", w.Dims)}]").ToArray(),
            Macs = nodes.Aggregate(Dim.Zero, (sum, node) => sum + node.Macs),
            Form = proofs.IsOpen ? null : CallForm.WithVariables(nodes, call.Inputs),
            Literals = proofs.IsOpen ? null : CallForm.WithLiterals(nodes, call.Inputs),
            Claims = [.. proofs.Checks, .. proofs.InputChecks],
        };
    }

    // One node, or those that the row stands for; none where something was reported.
    private static IReadOnlyList<OperatorNode> Run(OperatorCall call)
    {
        if (call.Operator.Steps is null) return NodeOf(call) is { } one ? [one] : [];
        var nodes = new List<OperatorNode>();
        foreach (var step in call.Operator.Steps(call) ?? [])
        {
            var row = OperatorTable.Find(step.Operator)!;
            var values = row.Arguments.Where(a => a.Default is not null).ToDictionary(a => a.Name, a => a.Default!, StringComparer.Ordinal);
            foreach (var (argument, value) in step.Arguments) values[argument] = value;
            var input = nodes.Count == 0 ? call.Inputs[0] : nodes[^1].Output;
            if (NodeOf(new OperatorCall(row, [input], values, _ => default, call.Proofs)) is not { } node) return [];
            nodes.Add(node);
        }
        return nodes;
    }

    private static OperatorNode? NodeOf(OperatorCall call)
    {
        IReadOnlyList<TensorType>? types = call.Operator.Types is { } several ? several(call) : call.Operator.Type(call) is { } one ? [one] : null;
        return types is null || call.Proofs.Diagnostics.HasErrors ? null : new OperatorNode(call, types, "", call.Operator.Name, null, default);
    }

    // As the binder does it before any rule sees a call.
    private static void InRange(OperatorCall call, OperatorArgument argument)
    {
        if (argument.Minimum == long.MinValue) return;
        var value = call.Value(argument.Name);
        foreach (var item in (value is ListValue list ? list.Items.AsEnumerable() : [value!]).OfType<IntValue>())
        {
            if (item.Dim.Value < argument.Minimum) call.Report(argument.Name).ArgumentOutOfRange(argument.Name, $"{item}", $"at least {argument.Minimum}");
            else call.Proofs.AtLeast(item.Dim, argument.Minimum, $"{item} must be at least {argument.Minimum}");
        }
    }

    // A form may rest on what its rule has checked.
    private static CallForm? TryWrite(OperatorCall call)
    {
        if (call.Operator.Steps is not null) return null;
        try
        {
            return CallForm.WithVariables([new OperatorNode(call, [new TensorType()], "", call.Operator.Name, null, default)], call.Inputs);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or ArithmeticException or IndexOutOfRangeException
            or InvalidCastException or KeyNotFoundException or NullReferenceException)
        {
            return null;
        }
    }
}
