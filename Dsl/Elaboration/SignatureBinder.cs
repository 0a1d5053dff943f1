using System.Globalization;
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
        ["block"] = ParameterType.Block, ["model"] = ParameterType.Block,
    };

    private static readonly Dictionary<string, ElementType> ElementTypes = new(StringComparer.Ordinal)
    {
        ["float"] = ElementType.Float, ["float64"] = ElementType.Float64, ["int"] = ElementType.Int, ["bool"] = ElementType.Bool,
    };

    /// <summary>The parameters of a model, or null where one was reported.</summary>
    public IReadOnlyList<ModelParameter>? BindParameters(ParameterListSyntax? list) => BindParameters(list?.Items ?? []);

    /// <summary>The same for some of the parameters of a function.</summary>
    public IReadOnlyList<ModelParameter>? BindParameters(IReadOnlyList<ParameterSyntax> list)
    {
        var parameters = new List<ModelParameter>();
        var byName = new Dictionary<string, ModelParameter>(StringComparer.Ordinal);
        foreach (var syntax in list)
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
    public TensorType? BindInput(TypeSyntax type, Scope scope, IDictionary<string, Dim> bound)
    {
        if (ElementOf(type) is not { } element) return null;
        var dims = new List<Dim>();
        foreach (var syntax in type.Dimensions!)
        {
            if (IsLeading(syntax))
            {
                if (dims.Count > 0)
                {
                    diagnostics.At(syntax.Span).NotInLanguage("'...' behind a dimension", "It stands for any leading dimensions: [..., d].");
                    return null;
                }
                dims.Add(Dim.Symbol(TensorType.AnyLeading, DimSymbolKind.Input));
                continue;
            }
            if (syntax is NameSyntax { Token: var name } && BindsSize(name.Text) && (!scope.Has(name.Text) || bound.ContainsKey(name.Text)))
            {
                var dim = Dim.Symbol(name.Text, DimSymbolKind.Input);
                scope.Declare(name.Text, new IntValue(dim));
                bound[name.Text] = dim;
                dims.Add(dim);
                continue;
            }
            if (BindSize(syntax, scope) is not { } size) return null;
            dims.Add(size);
        }
        return new TensorType(element, dims.ToEquatableArray());
    }

    /// <summary>The type of an output; null in place of a dimension is <c>_</c>, whatever it comes to.</summary>
    public (ElementType Element, Dim?[] Dims)? BindOutput(TypeSyntax type, Scope scope, IReadOnlyList<Dim>? leading)
    {
        if (ElementOf(type) is not { } element) return null;
        if (type.IsOptional)
        {
            diagnostics.At(type.Span).NotInLanguage("An optional output", "Remove the '?'.");
            return null;
        }
        var dims = new List<Dim?>();
        foreach (var syntax in type.Dimensions!)
        {
            if (IsLeading(syntax))
            {
                if (leading is null || dims.Count > 0)
                {
                    diagnostics.At(syntax.Span).NotInLanguage("'...' here", "It stands for the leading dimensions of an input that has '...' too, before all others: [..., d] -> [..., d].");
                    return null;
                }
                dims.AddRange(leading);
                continue;
            }
            var size = syntax is NameSyntax { Token.Text: "_" } ? null : BindSize(syntax, scope);
            if (size is null && syntax is not NameSyntax { Token.Text: "_" }) return null;
            dims.Add(size);
        }
        return (element, dims.ToArray());
    }

    /// <summary>Whether it is <c>...</c>.</summary>
    public static bool IsLeading(ExpressionSyntax syntax) => syntax is NameSyntax { Token.Text: TensorType.AnyLeading };

    /// <summary>Whether a name in a shape stands for a size that the input binds.</summary>
    public static bool BindsSize(string name) => name.Length > 0 && char.IsUpper(name[0]);

    /// <summary>A dimension that is a size over parameters.</summary>
    public Dim? BindSize(ExpressionSyntax syntax, Scope scope)
    {
        if (new StaticEvaluator(scope, diagnostics).Evaluate(syntax) is not { } value) return null;
        if (value is IntValue { Dim: var dim } && dim.Value is null or >= 0) return dim;
        diagnostics.At(syntax.Span).WrongArgumentKind("a dimension", "a size, at least 0", value is IntValue ? value.ToString()! : value.Described);
        return null;
    }

    /// <summary>The element type, for a tensor's type.</summary>
    public ElementType? ElementOf(TypeSyntax type)
    {
        if (type.Dimensions is null)
        {
            // A missing type has been reported by the parser.
            if (type.Span.Length > 0) diagnostics.At(type.Span).NotInLanguage("A type without dimensions", "Write the tensor's shape, such as [B, 10].");
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
        var length = 0;
        if (syntax.Type.Dimensions is { } dimensions && type == ParameterType.Int && dimensions is [LiteralSyntax { Token: { Kind: SyntaxKind.Integer, Text: { Length: < 4 } digits } }])
        {
            (type, length) = (ParameterType.IntList, int.Parse(digits.Replace("_", ""), CultureInfo.InvariantCulture));
        }
        else if (syntax.Type.Dimensions is not null || syntax.Type.IsOptional || syntax.Type.Modifier is not null)
        {
            diagnostics.At(syntax.Type.Span).NotInLanguage("A parameter of this type", "A parameter is an int, float, bool, string, block, or a list such as int[4].");
            return null;
        }
        if (syntax.Default is null) return new ModelParameter(name, type, null, syntax.Name.Span) { Length = length };
        if (new StaticEvaluator(new Scope(), diagnostics).Evaluate(syntax.Default) is not { } value) return null;
        if (Convert(type, length, value) is { } converted) return new ModelParameter(name, type, converted, syntax.Name.Span) { Length = length };
        diagnostics.At(syntax.Default.Span).WrongArgumentKind(name, KindOf(type, length), value.Described);
        return null;
    }

    /// <summary>The value as a parameter of this type takes it, or null where it does not.</summary>
    public static StaticValue? Convert(ParameterType type, int length, StaticValue value) => (type, value) switch
    {
        (ParameterType.Int, IntValue) or (ParameterType.Float, FloatValue or BinaryValue) or (ParameterType.String, StringValue) or (ParameterType.Block, BlockValue) => value,
        (ParameterType.Bool, BoolValue or Condition) => value,
        (ParameterType.Float, IntValue { Dim.Value: { } whole }) => new FloatValue(whole),
        (_, ParameterValue open) when open.Type == type => value,
        (ParameterType.IntList, ListValue list) when list.Items.Count == length && list.Items.All(i => i is IntValue) => value,
        _ => null,
    };

    /// <summary>What a parameter takes, as messages say it.</summary>
    public static string KindOf(ParameterType type, int length) => type switch
    {
        ParameterType.Int => "a whole number",
        ParameterType.Float => "a number",
        ParameterType.Bool => "true or false",
        ParameterType.String => "a text",
        ParameterType.Block => "a block",
        _ => $"a list of {length} whole numbers",
    };

    /// <summary>What stands for a parameter that is left open; a block cannot be.</summary>
    public static StaticValue? OpenValue(ModelParameter parameter) => parameter.Type switch
    {
        ParameterType.Int => new IntValue(Dim.Symbol(parameter.Name, DimSymbolKind.Parameter)),
        ParameterType.Block => null,
        ParameterType.IntList => new ListValue(Enumerable.Range(0, parameter.Length)
            .Select(i => (StaticValue)new IntValue(Dim.Symbol($"{parameter.Name}[{i}]", DimSymbolKind.Parameter))).ToEquatableArray()),
        _ => new ParameterValue(parameter.Name, parameter.Type),
    };
}
