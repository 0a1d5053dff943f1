using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>Matches the arguments of a call to the arguments of an operator.</summary>
internal sealed class CallBinder(StaticEvaluator evaluator, ProofContext proofs)
{
    private DiagnosticBag Diagnostics => proofs.Diagnostics;

    /// <summary>The call with every argument checked and every default filled in, or null where something was reported.</summary>
    public OperatorCall? Bind(Operator @operator, NameSyntax callee, IReadOnlyList<ArgumentSyntax> arguments, GraphValue input)
    {
        var spans = new Dictionary<string, TextSpan>(StringComparer.Ordinal);
        var values = new Dictionary<string, StaticValue>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (ParameterFor(@operator, arguments[i], i, spans) is not { } parameter) return null;
            spans[parameter.Name] = arguments[i].Value.Span;
            if (evaluator.Evaluate(arguments[i].Value) is not { } value) return null;
            if (Convert(parameter, value, arguments[i].Value.Span) is not { } converted) return null;
            values[parameter.Name] = converted;
        }
        foreach (var parameter in @operator.Arguments)
        {
            if (values.ContainsKey(parameter.Name)) continue;
            if (parameter.Default is not null) values[parameter.Name] = parameter.Default;
            if (parameter.IsOptional) continue;
            Diagnostics.At(callee.Span).MissingArgument(@operator.Name, parameter.Name, $"write {Example(@operator)}");
            return null;
        }
        return new OperatorCall(@operator, input.Type, input.Origin, values, Span, proofs);

        TextSpan Span(string? argument) => argument is not null && spans.TryGetValue(argument, out var span) ? span : callee.Span;
    }

    private OperatorArgument? ParameterFor(Operator @operator, ArgumentSyntax argument, int index, Dictionary<string, TextSpan> given)
    {
        OperatorArgument? parameter;
        if (argument.Name is { } name)
        {
            parameter = @operator.Arguments.FirstOrDefault(a => a.Name == name.Text);
            if (parameter is null) Diagnostics.At(name.Span).UnknownArgument(@operator.Name, name.Text, @operator.Arguments.Select(a => a.Name));
        }
        else
        {
            parameter = index < @operator.Arguments.Count ? @operator.Arguments[index] : null;
            if (parameter is null) Diagnostics.At(argument.Span).TooManyArguments(@operator.Name, @operator.Arguments.Count);
        }
        if (parameter is null || !given.ContainsKey(parameter.Name)) return parameter;
        Diagnostics.At(argument.Span).DuplicateArgument(@operator.Name, parameter.Name);
        return null;
    }

    private StaticValue? Convert(OperatorArgument parameter, StaticValue value, TextSpan span)
    {
        var fits = (parameter.Kind, value) switch
        {
            (ArgumentKind.Int or ArgumentKind.IntOrPair, IntValue) => true,
            (ArgumentKind.IntOrPair, ListValue list) => list.Items.Count == 2 && list.Items.All(i => i is IntValue),
            (ArgumentKind.Float, IntValue or FloatValue or BinaryValue or ParameterValue { Type: ParameterType.Float }) => true,
            (ArgumentKind.Bool, BoolValue or ParameterValue { Type: ParameterType.Bool }) => true,
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
