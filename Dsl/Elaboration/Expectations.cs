using System.Globalization;
using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

/// <summary>Holds the figures of <c>expect</c> against the model.</summary>
internal static class Expectations
{
    private static readonly string[] Figures = ["parameters", "macs", "output"];

    /// <summary>Whether every figure holds; reports those that do not.</summary>
    public static bool Check(ExpectSyntax expect, ElaboratedModel model, DiagnosticBag diagnostics)
    {
        var before = diagnostics.ErrorCount;
        foreach (var figure in expect.Figures)
        {
            switch (figure.Name.Text)
            {
                case "parameters":
                    CheckCount(figure, "parameters", model.ParameterCount, model, diagnostics);
                    break;
                case "macs":
                    CheckCount(figure, "multiply-accumulates", model.Macs, model, diagnostics);
                    break;
                case "output" when figure.Value is TypeSyntax type:
                    CheckOutput(type, model, diagnostics);
                    break;
                case not "":
                    diagnostics.At(figure.Name.Span).UnknownName("figure", figure.Name.Text, Figures);
                    break;
            }
        }
        return diagnostics.ErrorCount == before;
    }

    private static void CheckCount(ExpectedFigureSyntax figure, string what, Dim? actual, ElaboratedModel model, DiagnosticBag diagnostics)
    {
        if (figure.Value is MissingExpressionSyntax) return;
        if (figure.Value is not LiteralSyntax { Token: { Kind: not (SyntaxKind.String or SyntaxKind.Identifier) } token })
        {
            diagnostics.At(figure.Value.Span).WrongArgumentKind(figure.Name.Text, "a number, such as 61_100_840 or 0.714G", "this");
            return;
        }
        if (actual?.Value is not { } count)
        {
            diagnostics.At(figure.Span).FigureNotComputable(what, actual);
            return;
        }
        if (Matches(token.Text, count, out var shown)) return;
        if (figure.Name.Text == "macs") diagnostics.At(figure.Value.Span).ExpectedMacs(token.Text, shown);
        else diagnostics.At(figure.Value.Span).ExpectedParameters(token.Text, shown, Largest(model));
    }

    private static void CheckOutput(TypeSyntax type, ElaboratedModel model, DiagnosticBag diagnostics)
    {
        var scope = new Scope();
        foreach (var symbol in model.AtDefaults.Inputs.SelectMany(i => i.Type.Dims).SelectMany(d => d.Symbols)) scope.Declare(symbol.Name, new IntValue(Dim.Symbol(symbol.Name, symbol.Kind)));
        if (new SignatureBinder(diagnostics).BindOutput(type, scope, null) is not { } expected) return;
        var actual = model.AtDefaults.Results[0].Type;
        var holds = actual.Element == expected.Element && actual.Rank == expected.Dims.Length
            && expected.Dims.Select((dim, i) => dim is null || dim.Equals(actual[i])).All(same => same);
        if (!holds) diagnostics.At(type.Span).ExpectedOutput(type.Shown, actual.ToString());
    }

    /// <summary>
    /// Whether a count is what was written, to the digits that were written: 0.714G is anything that rounds to it. Gives the
    /// count in the same unit and digits.
    /// </summary>
    private static bool Matches(string written, long actual, out string shown)
    {
        var digits = written.Replace("_", "");
        var unit = digits[digits.Length - 1] switch { 'K' => 1e3m, 'M' => 1e6m, 'G' => 1e9m, 'T' => 1e12m, _ => 1m };
        if (unit != 1m) digits = digits.Substring(0, digits.Length - 1);
        shown = unit == 1m ? DiagnosticBuilder.Number(actual) : "";
        if (!decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return false;
        var point = digits.IndexOf('.');
        var decimals = point < 0 ? 0 : digits.Length - point - 1;
        if (unit != 1m) shown = Math.Round(actual / unit, Math.Min(decimals, 28)).ToString($"F{decimals}", CultureInfo.InvariantCulture) + written[written.Length - 1];
        var half = 0.5m / (decimal)Math.Pow(10, Math.Min(decimals, 20));
        return unit == 1m ? value == actual : Math.Abs(actual / unit - value) <= half;
    }

    // Where most of the parameters are is where a wrong count is looked for.
    private static string Largest(ElaboratedModel model)
    {
        var largest = model.State.Where(s => !s.Weight.IsBuffer).OrderByDescending(s => s.Weight.Count.Value ?? 0).Take(2)
            .Select(s => $"{s.Key} [{string.Join(", ", s.Weight.Dims.AsEnumerable())}]");
        return string.Join(" and ", largest) is { Length: > 0 } names ? $" The largest are {names}." : "";
    }
}
