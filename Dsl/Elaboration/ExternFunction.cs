using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>
/// <c>extern fn spectrum(x: [B, T], bins: int) -> [B, bins]</c>: a function whose body is C#. Its shape rule is what it declares.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">Where the class is that declares it.</param>
/// <param name="Documentation">The lines of its doc comment.</param>
/// <param name="Inputs">The tensors it takes, in order.</param>
/// <param name="Parameters">What else it takes.</param>
/// <param name="Result">The tensor it gives.</param>
public sealed record ExternFunction(
    string Name, string Namespace, IReadOnlyList<string> Documentation, IReadOnlyList<GraphValue> Inputs, IReadOnlyList<ModelParameter> Parameters, TensorType Result)
{
    /// <summary>The class that the project completes with its body.</summary>
    public const string ClassName = "Functions";

    /// <summary>What it declares; null where that is wrong, which is reported.</summary>
    internal static ExternFunction? Declare(Declaration declaration, FunctionSyntax syntax, DiagnosticBag diagnostics)
    {
        var (tensors, others) = Split(syntax);
        if (tensors.Count == 0 || syntax.Result is not { } result)
        {
            diagnostics.At(syntax.Name.Span).NotInLanguage("An extern fn without a tensor that flows in", "Declare it with its shapes: extern fn f(x: [B, T]) -> [B, T].");
            return null;
        }
        if (SignaturePorts.ReportTwins(syntax.Parameters!.Items, diagnostics)) return null;
        var binder = new SignatureBinder(diagnostics);
        if (binder.BindParameters(others) is not { } parameters) return null;
        var scope = new Scope();
        foreach (var parameter in parameters)
        {
            if (SignatureBinder.OpenValue(parameter) is { } open) scope.Declare(parameter.Name, open);
        }
        var ports = new SignaturePorts(declaration.File.Source, scope, new ProofContext(diagnostics) { IsOpen = true });
        if (ports.BindInputs(tensors, null, declaration.Name, null, diagnostics) is not { } inputs || ports.BindResult(result) is not { } type) return null;
        return new ExternFunction(declaration.Name, declaration.Namespace, declaration.Syntax.Documentation, inputs.Select(i => i.Value!).ToArray(), parameters, type);
    }

    /// <summary>The tensors, and what is known when the module is made.</summary>
    internal static (IReadOnlyList<ParameterSyntax> Tensors, IReadOnlyList<ParameterSyntax> Others) Split(FunctionSyntax syntax)
    {
        var all = syntax.Parameters?.Items ?? [];
        return (all.Where(p => p.Type is { Dimensions: not null }).ToArray(), all.Where(p => p.Type is not { Dimensions: not null }).ToArray());
    }
}

/// <summary>A call of a function that is written in C#.</summary>
public sealed class ExternNode : Node
{
    internal ExternNode(ExternFunction function, IReadOnlyList<GraphValue?> tensors, IReadOnlyList<StaticValue> arguments, TensorType type, TextSpan span, string origin)
        : base(function.Name, null, span, tensors.Where(t => t is not null).ToArray()!)
    {
        Function = function;
        Tensors = tensors;
        Arguments = arguments;
        Outputs = [new GraphValue(type, origin, this)];
    }

    /// <summary>What is called.</summary>
    public ExternFunction Function { get; }

    /// <summary>The tensors in order, null where an optional one is left out.</summary>
    public IReadOnlyList<GraphValue?> Tensors { get; }

    /// <summary>The values behind the tensors.</summary>
    public IReadOnlyList<StaticValue> Arguments { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<GraphValue> Outputs { get; }

    /// <inheritdoc/>
    public override IEnumerable<DimSymbol> RuntimeSizes => SizesIn(Arguments);

    /// <inheritdoc/>
    public override IEnumerable<string> Mentions => Arguments.SelectMany(MentionsOf);
}
