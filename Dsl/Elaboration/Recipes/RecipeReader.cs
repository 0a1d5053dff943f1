using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>Reads the settings of a recipe, each with its own kind of value. What is wrong is reported, and null comes back.</summary>
internal sealed class RecipeReader
{
    private readonly DiagnosticBag diagnostics;
    private readonly Dictionary<string, List<SettingSyntax>> settings = new(StringComparer.Ordinal);

    public RecipeReader(TrainSyntax recipe, DiagnosticBag diagnostics)
    {
        this.diagnostics = diagnostics;
        foreach (var setting in recipe.Settings)
        {
            var name = setting.Name.Text;
            if (SettingRows.Find(name) is not { } row)
            {
                diagnostics.At(setting.Name.Span).UnknownSetting(name, SettingRows.All.Select(r => r.Name));
                continue;
            }
            if (!settings.TryGetValue(name, out var same)) settings[name] = same = [];
            // optimizer generator: adam has a line for each network.
            if (!IsOfNetwork(setting) && !row.IsRepeatable && same.Any(s => !IsOfNetwork(s)))
            {
                diagnostics.At(setting.Name.Span).DuplicateSetting(name, diagnostics.Text.LineOf(same.First(s => !IsOfNetwork(s)).Span.Start) + 1);
                continue;
            }
            if (setting.Pattern is not null && name != "group") ReportForm(setting);
            else same.Add(setting);
        }
    }

    /// <summary>Whether a setting stands there, right or wrong.</summary>
    public bool Has(string name) => settings.ContainsKey(name);

    /// <summary>The settings of a name.</summary>
    public IReadOnlyList<SettingSyntax> All(string name) => settings.TryGetValue(name, out var all) ? all : [];

    /// <summary>The setting of a name, or null.</summary>
    public SettingSyntax? Find(string name) => All(name).FirstOrDefault();

    /// <summary>A number; null where it is not set.</summary>
    public StaticValue? Value(string name, ArgumentRange range)
    {
        if (Find(name) is not { } setting || Only(setting) is not { } expression) return null;
        return Evaluate(expression) is { } value && Check(name, value, range, expression.Span) ? value : null;
    }

    /// <summary>The only value of a setting; reported where there is another number of them.</summary>
    public ExpressionSyntax? Only(SettingSyntax setting)
    {
        if (setting.Items is [{ Name: null, Value: var value }]) return value;
        ReportForm(setting);
        return null;
    }

    /// <summary>Says how a setting is written.</summary>
    public void ReportForm(SettingSyntax setting) =>
        diagnostics.At(setting.Items.Count == 0 ? setting.Name.Span : setting.Span).SettingForm(setting.Name.Text, SettingRows.Find(setting.Name.Text)!.Example);

    /// <summary>A call of one of <paramref name="rows"/>, its arguments checked.</summary>
    public RecipeCall? Call(ExpressionSyntax expression, string what, IReadOnlyList<RecipeRow> rows, SettingSyntax setting)
    {
        var (callee, arguments) = expression.AsCall;
        if (callee is null)
        {
            if (expression is not MissingExpressionSyntax) ReportForm(setting);
            return null;
        }
        if (rows.FirstOrDefault(r => r.Name == callee.Token.Text) is not { } row)
        {
            diagnostics.At(callee.Span).UnknownWord(what, callee.Token.Text, rows.Select(r => r.Name));
            return null;
        }
        return Bind(row, callee.Token, arguments);
    }

    /// <summary>The value of an expression that stands in a recipe: a number, a text, a length, or a word.</summary>
    public StaticValue? Evaluate(ExpressionSyntax expression) => expression switch
    {
        MeasureSyntax measure => Evaluate(measure),
        NameSyntax { Token: { IsMissing: false, Text: var word } } => new StringValue(word),
        _ => new StaticEvaluator(new Scope(), diagnostics).Evaluate(expression),
    };

    /// <summary>Whether a value is of the kind and in the range; reported where not.</summary>
    public bool Check(string name, StaticValue value, ArgumentRange range, TextSpan span)
    {
        if (!range.IsKind(value)) diagnostics.At(span).WrongArgumentKind(name, range.Kind, value.Described);
        else if (!range.Holds(value)) diagnostics.At(span).ArgumentOutOfRange(name, value.ToString()!, range.Needed);
        else return true;
        return false;
    }

    /// <summary>The arguments of a row, checked.</summary>
    public RecipeCall? Bind(RecipeRow row, SyntaxToken callee, IReadOnlyList<ArgumentSyntax> arguments)
    {
        var values = new List<(ArgumentSyntax Syntax, StaticValue Value)>();
        foreach (var argument in arguments)
        {
            if (Evaluate(argument.Value) is not { } value) return null;
            values.Add((argument, value));
        }
        if (CallBinder.Match(row.Name, row.Arguments.Select(a => a.Name).ToArray(), values, diagnostics) is not { } matched) return null;
        var given = new Dictionary<string, StaticValue>(StringComparer.Ordinal);
        foreach (var argument in row.Arguments)
        {
            if (!matched.TryGetValue(argument.Name, out var found)) continue;
            if (!Check(argument.Name, found.Value, argument.Range, found.Span)) return null;
            given[argument.Name] = found.Value;
        }
        return new RecipeCall(row, given, callee.Span, matched.ToDictionary(m => m.Key, m => m.Value.Span, StringComparer.Ordinal));
    }

    private static bool IsOfNetwork(SettingSyntax setting) => setting.Name.Text == "optimizer" && setting.Items is [{ Name: not null }];

    private static MeasureValue? Evaluate(MeasureSyntax measure)
    {
        // A number that does not fit has been reported by the lexer.
        if (!double.TryParse(measure.Number.Text.Replace("_", ""), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var amount)) return null;
        return new MeasureValue(amount, measure.Unit.Text[0] switch { 'e' => MeasureUnit.Epochs, 's' => MeasureUnit.Steps, _ => MeasureUnit.Times });
    }
}
