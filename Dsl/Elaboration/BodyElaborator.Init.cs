using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

internal sealed partial class BodyElaborator
{
    // Each rule is held against each parameter.
    private const long MostInitChecks = 2_000_000;

    /// <summary>The rules of a body's <c>init</c>s, in order; null where one is wrong.</summary>
    private IReadOnlyList<InitRule>? ElaborateInit(BlockBodySyntax body, RegionBuilder builder)
    {
        var rules = new List<InitRule>();
        foreach (var statement in body.Statements.OfType<InitSyntax>().SelectMany(i => i.Body.Statements))
        {
            if (statement is not InitRuleSyntax rule || ElaborateRule(rule, builder) is not { } elaborated) return null;
            rules.Add(elaborated);
        }
        // With everything open each parameter that any arguments give is there; a member of a family may do without some.
        if (rules.Count == 0 || !proofs.IsOpen) return rules;
        var parameters = ParameterKey.Of(builder.Nodes).ToArray();
        if (parameters.Length * (long)rules.Sum(r => r.Targets.Count) > MostInitChecks) throw new TooLargeException("has too many rules of 'init' for its parameters", "Say them by operators and patterns");
        var checker = new InitChecker(parameters, Diagnostics);
        return checker.Check(rules);
    }

    private InitRule? ElaborateRule(InitRuleSyntax syntax, RegionBuilder builder)
    {
        var targets = new List<InitTarget>();
        foreach (var target in syntax.Targets)
        {
            if (target.Name.IsMissing || target.Role is { IsMissing: true }) return null;
            if (target.Name.Kind == SyntaxKind.String) targets.Add(new KeyTarget(StaticEvaluator.Unquote(target.Name.Text), target.Span));
            else targets.Add(new LayerTarget(target.Name.Text, target.Role?.Text ?? "weight", target.Span));
        }
        return InitializationOf(syntax.Value, builder) is { } value ? new InitRule(targets, value, syntax.Value.Span) : null;
    }

    /// <summary>An initialiser with its arguments, or a number to begin with.</summary>
    private Initialization? InitializationOf(ExpressionSyntax value, RegionBuilder builder)
    {
        var (word, given) = value.AsCall;
        if (word is not null && Initializers.Find(word.Token.Text) is { } initializer) return Initialized(initializer, word, given, builder);
        if (word is not null && !scope.Has(word.Token.Text))
        {
            Diagnostics.At(word.Span).UnknownName("initialiser", word.Token.Text, Initializers.All.Select(i => i.Name));
            return null;
        }
        if (value is MissingExpressionSyntax || EvaluateStatic(value, builder) is not { } number) return null;
        if (StaticEvaluator.IsNumber(number)) return new Initialization("constant_", [number]);
        Diagnostics.At(value.Span).WrongArgumentKind("a parameter", "a number or an initialiser such as xavier", number.Described);
        return null;
    }

    private Initialization? Initialized(Initializer initializer, NameSyntax word, IReadOnlyList<ArgumentSyntax> given, RegionBuilder builder)
    {
        var values = new List<(ArgumentSyntax Syntax, StaticValue Value)>();
        foreach (var argument in given)
        {
            if (EvaluateArgument(argument.Value, builder) is not { } item) return null;
            if (item is not StaticItem { Value: var value })
            {
                Diagnostics.At(argument.Span).WrongArgumentKind(word.Token.Text, "what is known when the model is made", "a tensor");
                return null;
            }
            if (proofs.Promote(value) is { } open)
            {
                Diagnostics.At(argument.Span).ConditionOpen(argument.Value.Shown, open);
                return null;
            }
            values.Add((argument, value));
        }
        if (CallBinder.Match(word.Token.Text, initializer.Arguments.Select(a => a.Name).ToArray(), values, Diagnostics) is not { } matched) return null;
        var arguments = new List<StaticValue>();
        var last = 0;
        foreach (var argument in initializer.Arguments)
        {
            if (!matched.TryGetValue(argument.Name, out var found))
            {
                if (argument is { Default: null, Words.Length: 0 })
                {
                    Diagnostics.At(word.Span).MissingArgument(word.Token.Text, argument.Name, $"{word.Token.Text}(0.1)");
                    return null;
                }
                arguments.Add(argument.Words.Length > 0 ? new StringValue(argument.Words[0]) : new FloatValue(argument.Default!.Value));
                continue;
            }
            var value = found.Value is IntValue { Dim.Value: { } whole } ? new FloatValue(whole) : found.Value;
            if (!Fits(argument, value, Diagnostics.At(found.Span))) return null;
            arguments.Add(value);
            last = arguments.Count;
        }
        return new Initialization(initializer.Method, arguments.Take(last).ToArray());
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
        place.ArgumentOutOfRange(argument.Name, value.ToString()!, argument.Most < double.PositiveInfinity ? $"between {argument.Least} and {argument.Most}" : $"at least {argument.Least}");
        return false;
    }
}
