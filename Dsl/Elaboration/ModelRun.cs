using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

/// <summary>One walk over a model: its names, what flows in, its graph, and whether that keeps the signature's promise.</summary>
internal sealed class ModelRun
{
    private readonly DiagnosticBag diagnostics;
    private readonly ModelSyntax model;
    private readonly ProofContext proofs;

    public ModelRun(DiagnosticBag diagnostics, ModelSyntax model, IReadOnlyList<ModelParameter> parameters, Func<ModelParameter, StaticValue> valueOf)
    {
        this.diagnostics = diagnostics;
        this.model = model;
        proofs = new ProofContext(diagnostics);
        foreach (var parameter in parameters) Scope.Declare(parameter.Name, valueOf(parameter));
    }

    public Scope Scope { get; } = new();

    public string InputName { get; private set; } = "input";

    public TensorType? Output { get; private set; }

    public Region? Region { get; private set; }

    public IReadOnlyList<ConstructorCheck> Checks => proofs.Checks;

    public bool Elaborate(SignatureSyntax signature, BlockBodySyntax body)
    {
        var binder = new SignatureBinder(diagnostics);
        if (TypeOf(signature.Inputs) is not { } inputType || signature.Outputs is null || TypeOf(signature.Outputs) is not { } outputType) return false;
        if (signature.Inputs.Ports is [var port]) InputName = port.Name.Text;
        if (binder.BindInput(inputType, Scope, new HashSet<string>(StringComparer.Ordinal)) is not { } input) return false;
        if (binder.BindOutput(outputType, Scope) is not { } promised) return false;

        var text = diagnostics.Text;
        var region = new BodyElaborator(model.Name.Text, text, Scope, proofs)
            .ElaborateModel(body, InputName, new GraphValue(input, $"the input, line {text.LineOf(signature.Span.Start) + 1}", null));
        if (region is null || !Keeps(promised.Element, promised.Dims, region.Result, outputType)) return false;
        Region = region;
        Output = region.Result.Type;
        return true;
    }

    private TypeSyntax? TypeOf(PortListSyntax ports)
    {
        if (ports.Single is not null) return ports.Single;
        if (ports.Ports is [{ Type: { } only }]) return only;
        if (ports.Span.Length > 0)
        {
            diagnostics.At(ports.Span).NotInLanguage("A model with several inputs or outputs", "Write one tensor, such as [B, 10].");
        }
        return null;
    }

    private bool Keeps(ElementType element, Dim?[] promised, GraphValue result, TypeSyntax syntax)
    {
        var actual = result.Type;
        var differences = new List<string>();
        if (actual.Element != element) differences.Add($"elements {TensorType.NameOf(actual.Element)} and {TensorType.NameOf(element)}");
        if (actual.Rank != promised.Length) differences.Add($"number of dimensions {actual.Rank} and {promised.Length}");
        else
        {
            for (var i = 0; i < promised.Length; i++)
            {
                if (promised[i] is not { } dim || dim.Equals(actual[i])) continue;
                // Parameters may make them equal: then the constructor checks it.
                var gap = actual[i] - dim;
                if (gap.Value is null && gap.Symbols.All(s => s.Kind == DimSymbolKind.Parameter))
                {
                    proofs.Zero(gap, $"dimension {i} of the output is {actual[i]} and the signature promises {dim}");
                }
                else
                {
                    differences.Add($"dimension {i}, {actual[i]} and {dim}");
                }
            }
        }
        if (differences.Count == 0) return true;
        var declared = $"{(element == ElementType.Float ? "" : TensorType.NameOf(element))}[{string.Join(", ", promised.Select(d => d?.ToString() ?? "_"))}]";
        var help = actual.Rank > promised.Length && promised.Length == 2
            ? "put 'flatten' before the first 'linear'"
            : "end with a stage of the promised size, or change the signature";
        diagnostics.At(syntax.Span).OutputMismatch(actual, result.Origin, declared, string.Join("; ", differences), help);
        return false;
    }
}
