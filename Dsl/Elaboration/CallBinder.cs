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
    public OperatorCall? Bind(
        Operator @operator, NameSyntax callee, IReadOnlyList<(ArgumentSyntax Syntax, StaticValue Value)> arguments, IReadOnlyList<GraphValue> inputs)
    {
        var names = @operator.Arguments.Select(a => a.Name).ToArray();
        if (Match(@operator.Name, names, arguments, Diagnostics) is not { } matched) return null;
        var values = new Dictionary<string, StaticValue>(StringComparer.Ordinal);
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
        return new OperatorCall(@operator, inputs, values, Span, proofs);

        TextSpan Span(string? argument) => argument is not null && matched.TryGetValue(argument, out var given) ? given.Span : callee.Span;
    }

    /// <summary>Finds for each argument of a call the parameter it is for, by name or by position.</summary>
    public static Dictionary<string, (StaticValue Value, TextSpan Span)>? Match(
        string callee, IReadOnlyList<string> parameters, IReadOnlyList<(ArgumentSyntax Syntax, StaticValue Value)> arguments, DiagnosticBag diagnostics)
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
                parameter = i < parameters.Count ? parameters[i] : null;
                if (parameter is null) diagnostics.At(syntax.Span).TooManyArguments(callee, parameters.Count);
            }
            if (parameter is null) return null;
            if (matched.ContainsKey(parameter))
            {
                diagnostics.At(syntax.Span).DuplicateArgument(callee, parameter);
                return null;
            }
            matched[parameter] = (value, syntax.Value.Span);
        }
        return matched;
    }

    private StaticValue? Convert(OperatorArgument parameter, StaticValue value, TextSpan span)
    {
        var fits = (parameter.Kind, value) switch
        {
            (ArgumentKind.Int or ArgumentKind.IntOrPair, IntValue) => true,
            (ArgumentKind.IntOrPair, ListValue list) => list.Items.Count == 2 && list.Items.All(i => i is IntValue),
            (ArgumentKind.Float, IntValue or FloatValue or BinaryValue or ParameterValue { Type: ParameterType.Float }) => true,
            (ArgumentKind.Bool, BoolValue or Condition or ParameterValue { Type: ParameterType.Bool }) => true,
            (ArgumentKind.Word, StringValue) => true,
            _ => false,
        };
        if (!fits)
        {
            Diagnostics.At(span).WrongArgumentKind(parameter.Name, Describe(parameter.Kind), value.Kind);
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
        ArgumentKind.IntOrPair => "a whole number, or two for height and width",
        ArgumentKind.Float => "a number",
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
