using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>Matches the arguments of a call to the arguments of an operator.</summary>
internal sealed class CallBinder(ProofContext proofs)
{
    private DiagnosticBag Diagnostics => proofs.Diagnostics;

    /// <summary>The call with every argument checked and every default filled in, or null where something was reported.</summary>
    public OperatorCall? Bind(Operator @operator, NameSyntax callee, BoundPorts ports)
    {
        var names = @operator.Arguments.Select(a => a.Name).ToArray();
        var own = ports.Arguments.Where(a => @operator.TakesNamedSizes && a is { Syntax.Name: { } name, Value: IntValue } && !names.Contains(name.Text)).ToArray();
        var sizes = new Dictionary<string, Dim>(StringComparer.Ordinal);
        foreach (var (syntax, value) in own) sizes[syntax.Name!.Text] = ((IntValue)value).Dim;
        var rest = @operator.Arguments.FirstOrDefault(a => a.Kind == ArgumentKind.Sizes)?.Name;
        if (Match(@operator.Name, names, ports.Arguments.Except(own).ToArray(), Diagnostics, rest) is not { } matched) return null;
        var values = new Dictionary<string, StaticValue>(StringComparer.Ordinal);
        foreach (var number in ports.Numbers) values[number.Key] = number.Value;
        foreach (var parameter in @operator.Arguments)
        {
            if (matched.TryGetValue(parameter.Name, out var given))
            {
                if (Convert(parameter, given.Value, given.Span) is not { } converted) return null;
                values[parameter.Name] = converted;
                continue;
            }
            if (parameter.Default is not null) values[parameter.Name] = parameter.Default;
            if (parameter.IsOptional) continue;
            Diagnostics.At(callee.Span).MissingArgument(@operator.Name, parameter.Name, $"write {Example(@operator)}");
            return null;
        }
        return new OperatorCall(@operator, ports.Tensors, values, Span, proofs) { NamedSizes = sizes };

        TextSpan Span(string? argument) => argument is null ? callee.Span
            : matched.TryGetValue(argument, out var given) ? given.Span
            : own.FirstOrDefault(a => a.Syntax.Name!.Text == argument).Syntax?.Span ?? callee.Span;
    }

    /// <summary>
    /// Finds for each argument of a call the parameter it is for, by name or by position; <paramref name="rest"/> takes all that are left
    /// where it is not given a list.
    /// </summary>
    public static Dictionary<string, (StaticValue Value, TextSpan Span)>? Match(
        string callee, IReadOnlyList<string> parameters, IReadOnlyList<(ArgumentSyntax Syntax, StaticValue Value)> arguments, DiagnosticBag diagnostics,
        string? rest = null)
    {
        var matched = new Dictionary<string, (StaticValue Value, TextSpan Span)>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i++)
        {
            var (syntax, value) = arguments[i];
            string? parameter;
            if (syntax.Name is { } name)
            {
                parameter = parameters.Contains(name.Text) ? name.Text : null;
                if (parameter is null) diagnostics.At(name.Span).UnknownArgument(callee, name.Text, parameters);
            }
            else
            {
                parameter = i < parameters.Count ? parameters[i] : rest;
                if (parameter is null) diagnostics.At(syntax.Span).TooManyArguments(callee, parameters.Count);
            }
            if (parameter is null) return null;
            if (parameter == rest && syntax.Name is null && value is not ListValue)
            {
                var items = matched.TryGetValue(rest, out var before) ? ((ListValue)before.Value).Items : default;
                matched[rest] = (new ListValue(items.Append(value).ToEquatableArray()), before.Value is null ? syntax.Span : new TextSpan(before.Span.Start, syntax.Span.End - before.Span.Start));
                continue;
            }
            if (matched.ContainsKey(parameter))
            {
                diagnostics.At(syntax.Span).DuplicateArgument(callee, parameter);
                return null;
            }
            matched[parameter] = (value, syntax.Value.Span);
        }
        return matched;
    }

    /// <summary>The arguments of a call by the names of the parameters, defaults filled in; null where one was reported.</summary>
    public static IReadOnlyDictionary<string, StaticValue>? BindParameters(
        string name, IReadOnlyList<ModelParameter> parameters, NameSyntax callee, IReadOnlyList<(ArgumentSyntax Syntax, StaticValue Value)> arguments, DiagnosticBag diagnostics)
    {
        if (Match(name, parameters.Select(p => p.Name).ToArray(), arguments, diagnostics) is not { } matched) return null;
        var bound = new Dictionary<string, StaticValue>(StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            if (!matched.TryGetValue(parameter.Name, out var given))
            {
                if (parameter.Default is null)
                {
                    diagnostics.At(callee.Span).MissingArgument(name, parameter.Name, $"it takes {SignatureBinder.KindOf(parameter.Type, parameter.Length)}");
                    return null;
                }
                bound[parameter.Name] = parameter.Default;
                continue;
            }
            if (SignatureBinder.Convert(parameter.Type, parameter.Length, given.Value) is not { } value)
            {
                diagnostics.At(given.Span).WrongArgumentKind(parameter.Name, SignatureBinder.KindOf(parameter.Type, parameter.Length), given.Value.Described);
                return null;
            }
            bound[parameter.Name] = value;
        }
        return bound;
    }

    private StaticValue? Convert(OperatorArgument parameter, StaticValue value, TextSpan span)
    {
        var fits = (parameter.Kind, value) switch
        {
            (ArgumentKind.Int or ArgumentKind.IntOrList, IntValue) => true,
            (ArgumentKind.IntOrList or ArgumentKind.Sizes, ListValue list) => list.Items.All(i => i is IntValue),
            (ArgumentKind.Float, IntValue or FloatValue or BinaryValue or ParameterValue { Type: ParameterType.Float }) => true,
            (ArgumentKind.FloatOrList, IntValue or FloatValue or BinaryValue or ParameterValue { Type: ParameterType.Float }) => true,
            (ArgumentKind.FloatOrList, ListValue list) => list.Items.All(StaticEvaluator.IsNumber),
            (ArgumentKind.Bool, BoolValue or Condition or ParameterValue { Type: ParameterType.Bool }) => true,
            (ArgumentKind.Word or ArgumentKind.Text, StringValue) => true,
            (ArgumentKind.IntOrList, StringValue word) => parameter.Words?.Contains(word.Value) == true,
            _ => false,
        };
        if (!fits)
        {
            var words = parameter.Kind == ArgumentKind.IntOrList ? string.Concat((parameter.Words ?? []).Select(word => $", or \"{word}\"")) : "";
            Diagnostics.At(span).WrongArgumentKind(parameter.Name, Describe(parameter.Kind) + words, value.Described);
            return null;
        }
        if (parameter.Kind is ArgumentKind.Float && value is IntValue { Dim.Value: { } known }) return new FloatValue(known);
        return InRange(parameter, value, span) ? value : null;
    }

    private bool InRange(OperatorArgument parameter, StaticValue value, TextSpan span)
    {
        if (value is ListValue list) return list.Items.All(item => InRange(parameter, item, span));
        if (value is not IntValue number || parameter.Minimum == long.MinValue) return true;
        if (number.Dim.Value < parameter.Minimum)
        {
            Diagnostics.At(span).ArgumentOutOfRange(parameter.Name, number.ToString(), $"at least {parameter.Minimum}");
            return false;
        }
        proofs.AtLeast(number.Dim, parameter.Minimum, $"{number.Dim} must be at least {parameter.Minimum}");
        return true;
    }

    private static string Describe(ArgumentKind kind) => kind switch
    {
        ArgumentKind.Int => "a whole number",
        ArgumentKind.IntOrList => "a whole number, or a list of them",
        ArgumentKind.Sizes => "whole numbers",
        ArgumentKind.Float => "a number",
        ArgumentKind.FloatOrList => "a number, or a list of them",
        ArgumentKind.Bool => "true or false",
        _ => "a text",
    };

    // conv(64, 3)
    private static string Example(Operator @operator)
    {
        var samples = @operator.Arguments.Where(a => !a.IsOptional).Select((_, i) => i == 0 ? "64" : "3");
        return $"{@operator.Name}({string.Join(", ", samples)})";
    }
}
