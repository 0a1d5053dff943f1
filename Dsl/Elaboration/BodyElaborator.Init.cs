using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

internal sealed partial class BodyElaborator
{
    /// <summary>The rules of a body's <c>init</c>s, in order; null where one is wrong.</summary>
    private IReadOnlyList<InitRule>? ElaborateInit(BlockBodySyntax body, RegionBuilder builder)
    {
        var reader = InitReader(builder);
        if (reader.Read(body.Statements) is not { } rules) return null;
        // With everything open each parameter that any arguments give is there; with some of them it may do without.
        return proofs.IsOpen ? reader.Check(rules, ParameterKey.Of(builder.Nodes)) : rules;
    }

    private InitReader InitReader(RegionBuilder builder) => new(Diagnostics, expression => InitValue(expression, builder), scope.Has);

    // What an initialiser is given is known to the constructor.
    private StaticValue? InitValue(ExpressionSyntax expression, RegionBuilder builder)
    {
        if (EvaluateArgument(expression, builder) is not { } item) return null;
        if (item is not StaticItem { Value: var value })
        {
            Diagnostics.At(expression.Span).WrongArgumentKind("an initialiser", "what is known when the model is made", "a tensor");
            return null;
        }
        if (proofs.Promote(value) is not { } open) return value;
        Diagnostics.At(expression.Span).ConditionOpen(expression.Shown, open);
        return null;
    }
}
