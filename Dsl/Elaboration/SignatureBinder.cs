using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>Reads parameters and signatures: which names they bind, to what.</summary>
internal sealed class SignatureBinder(DiagnosticBag diagnostics)
{
    private static readonly Dictionary<string, ParameterType> ParameterTypes = new(StringComparer.Ordinal)
    {
        ["int"] = ParameterType.Int, ["float"] = ParameterType.Float, ["bool"] = ParameterType.Bool, ["string"] = ParameterType.String,
    };

    private static readonly Dictionary<string, ElementType> ElementTypes = new(StringComparer.Ordinal)
    {
        ["float"] = ElementType.Float, ["float64"] = ElementType.Float64, ["int"] = ElementType.Int, ["bool"] = ElementType.Bool,
    };

    /// <summary>The parameters of a model, or null where one was reported.</summary>
    public IReadOnlyList<ModelParameter>? BindParameters(ParameterListSyntax? list)
    {
        var parameters = new List<ModelParameter>();
        var byName = new Dictionary<string, ModelParameter>(StringComparer.Ordinal);
        foreach (var syntax in list?.Items ?? [])
        {
            if (syntax.Name.IsMissing) return null;
            if (byName.TryGetValue(syntax.Name.Text, out var twin))
            {
                diagnostics.At(syntax.Name.Span).DuplicateName(twin.Name, diagnostics.Text.LineOf(twin.Span.Start) + 1);
                return null;
            }
            if (BindParameter(syntax) is not { } parameter) return null;
            if (parameter.Default is null && parameters.Count > 0 && parameters[parameters.Count - 1].Default is not null)
            {
                diagnostics.At(syntax.Span).NotInLanguage(
                    "A parameter without a default behind one that has a default", "Give it a default, or move it to the front.");
                return null;
            }
            parameters.Add(parameter);
            byName[parameter.Name] = parameter;
        }
        return parameters;
    }

    /// <summary>
    /// The type of an input. A capitalised name binds a dimension, which <paramref name="scope"/> then knows; anything else is a
    /// size over parameters.
    /// </summary>
    public TensorType? BindInput(TypeSyntax type, Scope scope, ISet<string> bound)
    {
        if (ElementOf(type) is not { } element) return null;
        var dims = new List<Dim>();
        foreach (var syntax in type.Dimensions!)
        {
            if (syntax is NameSyntax { Token: var name } && char.IsUpper(name.Text[0]) && (!scope.Has(name.Text) || bound.Contains(name.Text)))
            {
                var dim = Dim.Symbol(name.Text, DimSymbolKind.Input);
                scope.Declare(name.Text, new IntValue(dim));
                bound.Add(name.Text);
                dims.Add(dim);
                continue;
            }
            if (BindSize(syntax, scope) is not { } size) return null;
            dims.Add(size);
        }
        return new TensorType(element, dims.ToEquatableArray());
    }

    /// <summary>The type of an output; null in place of a dimension is <c>_</c>, whatever it comes to.</summary>
    public (ElementType Element, Dim?[] Dims)? BindOutput(TypeSyntax type, Scope scope)
    {
        if (ElementOf(type) is not { } element) return null;
        var dims = new List<Dim?>();
        foreach (var syntax in type.Dimensions!)
        {
            var size = syntax is NameSyntax { Token.Text: "_" } ? null : BindSize(syntax, scope);
            if (size is null && syntax is not NameSyntax { Token.Text: "_" }) return null;
            dims.Add(size);
        }
        return (element, dims.ToArray());
    }

    private Dim? BindSize(ExpressionSyntax syntax, Scope scope)
    {
        if (new StaticEvaluator(scope, diagnostics).Evaluate(syntax) is not { } value) return null;
        if (value is IntValue { Dim: var dim } && dim.Value is null or >= 0) return dim;
        diagnostics.At(syntax.Span).WrongArgumentKind("a dimension", "a size, at least 0", value is IntValue ? value.ToString()! : value.Kind);
        return null;
    }

    private ElementType? ElementOf(TypeSyntax type)
    {
        if (type.Dimensions is null)
        {
            // A missing type has been reported by the parser.
            if (type.Span.Length > 0) diagnostics.At(type.Span).NotInLanguage("A type without dimensions", "Write the tensor's shape, such as [B, 10].");
            return null;
        }
        if (type.IsOptional)
        {
            diagnostics.At(type.Span).NotInLanguage("An optional tensor", "Remove the '?'.");
            return null;
        }
        if (type.Name is null) return ElementType.Float;
        if (ElementTypes.TryGetValue(type.Name.Text, out var element)) return element;
        diagnostics.At(type.Name.Span).UnknownName("element type", type.Name.Text, ElementTypes.Keys);
        return null;
    }

    private ModelParameter? BindParameter(ParameterSyntax syntax)
    {
        var name = syntax.Name.Text;
        if (syntax.Type is null)
        {
            diagnostics.At(syntax.Name.Span).MissingType(name);
            return null;
        }
        if (syntax.Type.Name is not { IsMissing: false } typeName) return null;
        if (!ParameterTypes.TryGetValue(typeName.Text, out var type))
        {
            diagnostics.At(typeName.Span).UnknownType(typeName.Text, ParameterTypes.Keys);
            return null;
        }
        if (syntax.Type.Dimensions is not null || syntax.Type.IsOptional || syntax.Type.Modifier is not null)
        {
            diagnostics.At(syntax.Type.Span).NotInLanguage("A parameter of this type", "A parameter is an int, float, bool or string.");
            return null;
        }
        if (syntax.Default is null) return new ModelParameter(name, type, null, syntax.Name.Span);
        if (new StaticEvaluator(new Scope(), diagnostics).Evaluate(syntax.Default) is not { } value) return null;
        StaticValue? converted = (type, value) switch
        {
            (ParameterType.Int, IntValue) or (ParameterType.Float, FloatValue) or (ParameterType.Bool, BoolValue) or (ParameterType.String, StringValue) => value,
            (ParameterType.Float, IntValue { Dim.Value: { } whole }) => new FloatValue(whole),
            _ => null,
        };
        if (converted is not null) return new ModelParameter(name, type, converted, syntax.Name.Span);
        diagnostics.At(syntax.Default.Span).WrongArgumentKind(name, OpenValue(name, type).Kind, value.Kind);
        return null;
    }

    /// <summary>What stands for a parameter that is left open.</summary>
    public static StaticValue OpenValue(string name, ParameterType type) =>
        type == ParameterType.Int ? new IntValue(Dim.Symbol(name, DimSymbolKind.Parameter)) : new ParameterValue(name, type);
}
