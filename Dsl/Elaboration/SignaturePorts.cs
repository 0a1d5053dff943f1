using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>What flows in and out of one elaboration of a block: binds the sizes of its inputs and holds its outputs to the signature.</summary>
internal sealed class SignaturePorts(SourceText text, Scope scope, ProofContext proofs)
{
    private readonly SignatureBinder binder = new(proofs.Diagnostics);
    private readonly Dictionary<string, Dim> sizes = new(StringComparer.Ordinal);
    private IReadOnlyList<Dim>? leading;

    /// <summary>An output that the signature promises; null in place of a dimension is <c>_</c>.</summary>
    public sealed record Promise(string? Name, ElementType Element, Dim?[] Dims, TextSpan Span)
    {
        public override string ToString() =>
            $"{(Element == ElementType.Float ? "" : TensorType.NameOf(Element))}[{string.Join(", ", Dims.Select(d => d?.ToString() ?? "_"))}]";
    }

    /// <summary>The sizes that the inputs bind, by name, in the order of the signature.</summary>
    public IReadOnlyDictionary<string, Dim> Sizes => sizes;

    /// <summary>The inputs: those of a call where there is one, else open ones.</summary>
    public IReadOnlyList<BlockInput>? BindInputs(
        PortListSyntax ports, IReadOnlyList<GraphValue?>? actual, string blockName, NameSyntax? callee, DiagnosticBag callerDiagnostics)
    {
        return TypesOf(ports) is { } declared ? BindInputs(declared, actual, blockName, callee, callerDiagnostics) : null;
    }

    /// <summary>The same for the tensors among the parameters of a function.</summary>
    public IReadOnlyList<BlockInput>? BindInputs(
        IReadOnlyList<ParameterSyntax> tensors, IReadOnlyList<GraphValue?>? actual, string name, NameSyntax? callee, DiagnosticBag callerDiagnostics) =>
        BindInputs(tensors.Select(t => ((string?)t.Name.Text, t.Type!)).ToArray(), actual, name, callee, callerDiagnostics);

    /// <summary>The one type that a function gives; every size of it has to be written.</summary>
    public TensorType? BindResult(TypeSyntax type)
    {
        if (binder.BindOutput(type, scope, leading) is not { } output) return null;
        if (output.Dims.All(d => d is not null)) return new TensorType(output.Element, output.Dims.Select(d => d!).ToEquatableArray());
        proofs.Diagnostics.At(type.Span).NotInLanguage("'_' in the result of an extern fn", "Only its declaration says what it gives: write every size.");
        return null;
    }

    private IReadOnlyList<BlockInput>? BindInputs(
        IReadOnlyList<(string? Name, TypeSyntax Type)> declared, IReadOnlyList<GraphValue?>? actual, string blockName, NameSyntax? callee, DiagnosticBag callerDiagnostics)
    {
        var inputs = new List<BlockInput>();
        for (var i = 0; i < declared.Count; i++)
        {
            var (name, type) = declared[i];
            var origin = $"{(name is null ? "the input" : $"input {name}")}, line {text.LineOf(type.Span.Start) + 1}";
            if (type.IsOptional && name is null)
            {
                proofs.Diagnostics.At(type.Span).NotInLanguage("An optional input without a name", "Name it: (mask: bool[T, S]?).");
                return null;
            }
            if (actual is null)
            {
                if (binder.BindInput(type, scope, sizes) is not { } open) return null;
                if (open.HasAnyRank) leading = [open[0]];
                inputs.Add(new BlockInput(name, new GraphValue(open, origin, null, name) { IsOptional = type.IsOptional }, type.IsOptional));
                continue;
            }
            if (actual[i] is { } given && !Unify(type, given, name ?? "input", blockName, callee!, callerDiagnostics)) return null;
            inputs.Add(new BlockInput(name, actual[i] is { } value ? new GraphValue(value.Type, origin, null, name) { IsOptional = value.IsOptional } : null, type.IsOptional));
        }
        return inputs;
    }

    /// <summary>The outputs that the signature promises.</summary>
    public IReadOnlyList<Promise>? BindOutputs(PortListSyntax ports)
    {
        if (TypesOf(ports) is not { } declared) return null;
        var promises = new List<Promise>();
        foreach (var (name, type) in declared)
        {
            if (binder.BindOutput(type, scope, leading) is not { } output) return null;
            promises.Add(new Promise(name, output.Element, output.Dims, type.Span));
        }
        return promises;
    }

    /// <summary>Whether the results are what the signature promises; reports the first that is not.</summary>
    public bool Keeps(IReadOnlyList<Promise> promised, IReadOnlyList<GraphValue> results, PortListSyntax ports)
    {
        if (promised.Count != results.Count)
        {
            proofs.Diagnostics.At(ports.Span).WrongOutputCount(promised.Count, results.Count);
            return false;
        }
        return promised.Zip(results, Keeps).All(kept => kept);
    }

    private bool Keeps(Promise promise, GraphValue result)
    {
        var actual = result.Type;
        string? other = null;
        var differences = new List<SizeConflict>();
        if (actual.Element != promise.Element) other = $"elements {TensorType.NameOf(actual.Element)} and {TensorType.NameOf(promise.Element)}";
        if (actual.Rank != promise.Dims.Length) other = $"number of dimensions {actual.Rank} and {promise.Dims.Length}";
        else
        {
            for (var i = 0; i < promise.Dims.Length; i++)
            {
                if (promise.Dims[i] is not { } dim || proofs.AreEqual(actual[i], dim, $"dimension {i} of the output is {actual[i]} and the signature promises {dim}")) continue;
                differences.Add(new SizeConflict($"dimension {i}", actual[i], dim, SizeTrail.Of(result, actual.Rank - i)));
            }
        }
        if (differences.Count == 0 && other is null) return true;
        var help = actual.Rank > promise.Dims.Length && promise.Dims.Length == 2
            ? "put 'flatten' before the first 'linear'"
            : "end with a stage of the promised size, or change the signature";
        proofs.Diagnostics.At(promise.Span).OutputMismatch(actual, result.Origin, promise.ToString(), differences, other, help, proofs.Facts);
        return false;
    }

    private bool Unify(TypeSyntax declared, GraphValue actual, string port, string blockName, NameSyntax callee, DiagnosticBag callerDiagnostics)
    {
        var shown = declared.Shown;
        if (declared.Dimensions is not { } dimensions || binder.ElementOf(declared) is not { } element) return false;
        var any = dimensions.Count > 0 && SignatureBinder.IsLeading(dimensions[0]) ? 1 : 0;
        var skipped = actual.Type.Rank - (dimensions.Count - any);
        var fits = any == 1 ? skipped >= (actual.Type.HasAnyRank ? 1 : 0) : skipped == 0 && !actual.Type.HasAnyRank;
        if (fits && any == 1)
        {
            var before = actual.Type.Dims.Take(skipped).ToArray();
            fits = leading is null || (leading.Count == before.Length && leading.Zip(before, (a, b) => proofs.AreEqual(a, b, $"{port} of {blockName} begins with {b} where another input begins with {a}")).All(same => same));
            leading ??= before;
        }
        if (!fits || element != actual.Type.Element)
        {
            callerDiagnostics.At(callee.Span).InputMismatch(blockName, port, shown, actual.Type, actual.Origin, [], proofs.Facts);
            return false;
        }
        for (var d = any; d < dimensions.Count; d++)
        {
            var i = d - any + skipped * any;
            var size = actual.Type[i];
            var expected = size;
            if (dimensions[d] is NameSyntax { Token.Text: var name } && SignatureBinder.BindsSize(name) && (!scope.Has(name) || sizes.ContainsKey(name)))
            {
                if (!sizes.ContainsKey(name))
                {
                    sizes[name] = size;
                    scope.Declare(name, new IntValue(size));
                    continue;
                }
                expected = sizes[name];
                if (proofs.AreEqual(expected, size, $"{name} is {expected} and {size}")) continue;
            }
            else
            {
                if (binder.BindSize(dimensions[d], scope) is not { } needed) return false;
                expected = needed;
                if (proofs.AreEqual(needed, size, $"{port} of {blockName} needs {needed} and gets {size}")) continue;
            }
            var conflict = new SizeConflict($"dimension {i}", size, expected, SizeTrail.Of(actual, actual.Type.Rank - i));
            callerDiagnostics.At(callee.Span).InputMismatch(blockName, port, shown, actual.Type, actual.Origin, [conflict], proofs.Facts);
            return false;
        }
        return true;
    }

    /// <summary>Whether two of them have one name, which is reported.</summary>
    public static bool ReportTwins(IReadOnlyList<ParameterSyntax> ports, DiagnosticBag diagnostics)
    {
        var names = new Dictionary<string, TextSpan>(StringComparer.Ordinal);
        foreach (var port in ports)
        {
            if (names.TryGetValue(port.Name.Text, out var twin))
            {
                diagnostics.At(port.Name.Span).DuplicateName(port.Name.Text, diagnostics.Text.LineOf(twin.Start) + 1);
                return true;
            }
            names[port.Name.Text] = port.Name.Span;
        }
        return false;
    }

    private IReadOnlyList<(string? Name, TypeSyntax Type)>? TypesOf(PortListSyntax ports)
    {
        if (ports.Single is not null) return [(null, ports.Single)];
        if (ReportTwins(ports.Ports, proofs.Diagnostics)) return null;
        if (ports.Ports.Count > 0 && ports.Ports.All(p => p.Type is not null)) return ports.Ports.Select(p => ((string?)p.Name.Text, p.Type!)).ToArray();
        var untyped = ports.Ports.FirstOrDefault(p => p.Type is null);
        proofs.Diagnostics.At(untyped?.Span ?? ports.Span).NotInLanguage("An input or output without a shape", "Write it, such as x: [B, 10].");
        return null;
    }
}

/// <summary>What flows in under a name.</summary>
/// <param name="Name">The name; null for the only, unnamed input.</param>
/// <param name="Value">The tensor; null where a call leaves it out.</param>
/// <param name="IsOptional">Whether a call can leave it out.</param>
internal sealed record BlockInput(string? Name, GraphValue? Value, bool IsOptional);
