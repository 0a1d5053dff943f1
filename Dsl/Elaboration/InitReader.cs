using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

/// <summary>Reads the rules of an <c>init</c>, and calls of initialisers.</summary>
/// <param name="diagnostics">Where mistakes are reported.</param>
/// <param name="evaluate">What an argument is; reports what is wrong with it and then gives null.</param>
/// <param name="isValue">Whether a name is a value, and no initialiser that nobody knows.</param>
internal sealed class InitReader(DiagnosticBag diagnostics, Func<ExpressionSyntax, StaticValue?> evaluate, Func<string, bool> isValue)
{
    // Each rule is held against each parameter.
    private const long MostChecks = 2_000_000;

    /// <summary>The rules of all <c>init</c>s among some statements, in order; null where one is wrong.</summary>
    public IReadOnlyList<InitRule>? Read(IEnumerable<StatementSyntax> statements)
    {
        var rules = new List<InitRule>();
        foreach (var statement in statements.OfType<InitSyntax>().SelectMany(i => i.Body.Statements))
        {
            if (statement is not InitRuleSyntax rule || Read(rule) is not { } read) return null;
            rules.Add(read);
        }
        return rules;
    }

    /// <summary>The rules, held against the parameters that there are; null where one is wrong.</summary>
    public IReadOnlyList<InitRule>? Check(IReadOnlyList<InitRule> rules, IEnumerable<ParameterKey> known)
    {
        if (rules.Count == 0) return rules;
        var parameters = known.ToArray();
        if (parameters.Length * (long)rules.Sum(r => r.Targets.Count) > MostChecks) throw new TooLargeException("has too many rules of 'init' for its parameters", "Say them by operators and patterns");
        return new InitChecker(parameters, diagnostics).Check(rules);
    }

    /// <summary>The call of an initialiser; null where it is wrong.</summary>
    public Initialization? Read(Initializer initializer, NameSyntax word, IReadOnlyList<ArgumentSyntax> given)
    {
        var values = new List<(ArgumentSyntax Syntax, StaticValue Value)>();
        foreach (var argument in given)
        {
            if (evaluate(argument.Value) is not { } value) return null;
            values.Add((argument, value));
        }
        if (CallBinder.Match(word.Token.Text, initializer.Arguments.Select(a => a.Name).ToArray(), values, diagnostics) is not { } matched) return null;
        var arguments = new List<StaticValue>();
        var last = 0;
        foreach (var argument in initializer.Arguments)
        {
            if (!matched.TryGetValue(argument.Name, out var found))
            {
                if (argument is { Default: null, Words.Length: 0 })
                {
                    diagnostics.At(word.Span).MissingArgument(word.Token.Text, argument.Name, $"{word.Token.Text}(0.1)");
                    return null;
                }
                arguments.Add(argument.Words.Length > 0 ? new StringValue(argument.Words[0]) : new FloatValue(argument.Default!.Value));
                continue;
            }
            var value = found.Value is IntValue { Dim.Value: { } whole } ? new FloatValue(whole) : found.Value;
            if (!Fits(argument, value, diagnostics.At(found.Span))) return null;
            arguments.Add(value);
            last = arguments.Count;
        }
        return new Initialization(initializer.Method, arguments.Take(last).ToArray());
    }

    private InitRule? Read(InitRuleSyntax syntax)
    {
        var targets = new List<InitTarget>();
        foreach (var target in syntax.Targets)
        {
            if (target.Name.IsMissing || target.Role is { IsMissing: true }) return null;
            if (target.Name.Kind == SyntaxKind.String) targets.Add(new KeyTarget(StaticEvaluator.Unquote(target.Name.Text), target.Span));
            else targets.Add(new LayerTarget(target.Name.Text, target.Role?.Text ?? "weight", target.Span));
        }
        return Read(syntax.Value) is { } value ? new InitRule(targets, value, syntax.Value.Span) : null;
    }

    // An initialiser with its arguments, or a number to begin with.
    private Initialization? Read(ExpressionSyntax value)
    {
        var (word, given) = value.AsCall;
        if (word is not null && Initializers.Find(word.Token.Text) is { } initializer) return Read(initializer, word, given);
        if (word is not null && !isValue(word.Token.Text))
        {
            diagnostics.At(word.Span).UnknownName("initialiser", word.Token.Text, Initializers.All.Select(i => i.Name));
            return null;
        }
        if (value is MissingExpressionSyntax || evaluate(value) is not { } number) return null;
        if (StaticEvaluator.IsNumber(number)) return new Initialization("constant_", [number]);
        diagnostics.At(value.Span).WrongArgumentKind("a parameter", "a number or an initialiser such as xavier", number.Described);
        return null;
    }

    private static bool Fits(InitializerArgument argument, StaticValue value, DiagnosticBuilder place)
    {
        if (argument.Words.Length > 0)
        {
            if (value is StringValue word && argument.Words.Contains(word.Value)) return true;
            place.WrongArgumentKind(argument.Name, string.Join(" or ", argument.Words.Select(w => $"\"{w}\"")), value.Described);
            return false;
        }
        if (!StaticEvaluator.IsNumber(value))
        {
            place.WrongArgumentKind(argument.Name, "a number", value.Described);
            return false;
        }
        if (value is not FloatValue { Value: var number } || (number >= argument.Least && number <= argument.Most)) return true;
        var range = argument.Most < double.PositiveInfinity
            ? FormattableString.Invariant($"between {argument.Least} and {argument.Most}")
            : FormattableString.Invariant($"at least {argument.Least}");
        place.ArgumentOutOfRange(argument.Name, value.ToString()!, range);
        return false;
    }
}
