using System.Globalization;
using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>Computes what is known when a module is made: numbers, texts, lists, and sizes over open parameters.</summary>
internal sealed class StaticEvaluator(Scope scope, DiagnosticBag diagnostics)
{
    /// <summary>The value, or null where it has been reported why there is none.</summary>
    public StaticValue? Evaluate(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case LiteralSyntax literal:
                return EvaluateLiteral(literal.Token);
            case NameSyntax name:
                return EvaluateName(name);
            case UnarySyntax { Operator.Kind: SyntaxKind.Minus } unary:
                return Evaluate(unary.Operand) is { } operand ? Combine(unary, "-", new IntValue(0), operand) : null;
            case BinarySyntax binary:
                return Evaluate(binary.Left) is { } left && Evaluate(binary.Right) is { } right ? Combine(binary, binary.Operator.Text, left, right) : null;
            case TupleSyntax { Items: [var only] }:
                return Evaluate(only);
            case TupleSyntax tuple:
                return EvaluateAll(tuple.Items);
            case ListSyntax list:
                return EvaluateAll(list.Items);
            case CallSyntax { Callee: NameSyntax { Token.Text: "sqrt" or "exp" or "log" or "sin" or "cos" or "tanh" } function } call when call.AsCall.Arguments is [{ Name: null } only]:
                return Evaluate(only.Value) is { } number ? Apply(function, call, number) : null;
            case MissingExpressionSyntax or BrokenRowSyntax:
                return null;
            default:
                diagnostics.At(expression.Span).NotInLanguage("A value of this form", "Write a number, a parameter or arithmetic on them.");
                return null;
        }
    }

    private StaticValue? EvaluateLiteral(SyntaxToken token)
    {
        var digits = token.Text.Replace("_", "");
        switch (token.Kind)
        {
            case SyntaxKind.Integer:
                // A number that does not fit has been reported by the lexer.
                return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? new IntValue(whole) : null;
            case SyntaxKind.Float:
                return new FloatValue(double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture));
            case SyntaxKind.String:
                return new StringValue(Unquote(token.Text));
            case SyntaxKind.Identifier:
                return new BoolValue(token.Text == "true");
            default:
                diagnostics.At(token.Span).NotInLanguage("A number with a unit", "Units belong to 'expect' alone: write the number out.");
                return null;
        }
    }

    private StaticValue? EvaluateName(NameSyntax name)
    {
        if (scope.Use(name.Token.Text) is { } value) return value;
        if (name.Token.Text is "_" or "...") diagnostics.At(name.Span).NotInLanguage($"'{name.Token.Text}'", "It stands for a dimension of a signature.");
        else diagnostics.At(name.Span).UnknownName("parameter or value", name.Token.Text, scope.Names);
        return null;
    }

    private ListValue? EvaluateAll(IReadOnlyList<ExpressionSyntax> items)
    {
        var values = new List<StaticValue>();
        foreach (var item in items)
        {
            if (Evaluate(item) is not { } value) return null;
            values.Add(value);
        }
        return new ListValue(values.ToEquatableArray());
    }

    private StaticValue? Apply(NameSyntax function, CallSyntax call, StaticValue operand)
    {
        if (StaticFunctions.Apply(function.Token.Text, operand) is { } value) return value;
        diagnostics.At(call.Span).WrongArgumentKind(function.Token.Text, "a number", operand.Described);
        return null;
    }

    /// <summary>Arithmetic on two numbers.</summary>
    public StaticValue? Combine(ExpressionSyntax at, string sign, StaticValue left, StaticValue right)
    {
        if (!IsNumber(left) || !IsNumber(right))
        {
            diagnostics.At(at.Span).WrongArgumentKind(sign, "two numbers", $"{left.Kind} and {right.Kind}");
            return null;
        }
        if (left is IntValue a && right is IntValue b) return CombineWhole(at, sign, a.Dim, b.Dim);
        if (sign is "+" or "-" or "*" or "/" or "**") return BinaryValue.Apply(sign, left, right);
        diagnostics.At(at.Span).NotInLanguage($"'{sign}' on these numbers", "Use + - * / or **.");
        return null;
    }

    private IntValue? CombineWhole(ExpressionSyntax at, string sign, Dim left, Dim right)
    {
        if (sign is "/" or "%" && right.Value == 0)
        {
            diagnostics.At(at.Span).ArgumentOutOfRange("the divisor", "0", "another number");
            return null;
        }
        switch (sign)
        {
            case "+": return new IntValue(left + right);
            case "-": return new IntValue(left - right);
            case "*": return new IntValue(left * right);
            case "/": return new IntValue(Dim.FloorDivide(left, right));
            case "%": return new IntValue(left % right);
            case "**" when right.Value is >= 0 and <= 62 and { } exponent:
                return new IntValue(Enumerable.Repeat(left, (int)exponent).Aggregate(Dim.One, (x, y) => x * y));
            default:
                diagnostics.At(at.Span).NotInLanguage($"'{sign}' on whole numbers", "Use + - * / % or ** with a small exponent.");
                return null;
        }
    }

    /// <summary>Whether arithmetic takes it.</summary>
    public static bool IsNumber(StaticValue value) =>
        value is IntValue or FloatValue or BinaryValue or ParameterValue { Type: ParameterType.Float };

    /// <summary>The text between quotes.</summary>
    public static string Unquote(string text) =>
        text.Substring(1, Math.Max(0, text.Length - (text.Length > 1 && text[text.Length - 1] == '"' ? 2 : 1))).Replace("\\\"", "\"").Replace("\\\\", "\\");
}
