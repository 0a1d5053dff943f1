using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>
/// Turns the statements of one body into a graph: what flows out of a line flows into the next. After a stage that is wrong
/// nothing is known of what flows, so the rest of the body is left alone and one mistake gives one message.
/// </summary>
internal sealed partial class BodyElaborator(ElaborationSession session, DeclarationTable declarations, Declaration owner, Scope scope, ProofContext proofs, (TextSpan Span, SourceText Text)? site = null)
{
    private readonly SourceText text = owner.File.Source;
    private readonly HashSet<string> optionalInputs = new(StringComparer.Ordinal);
    private readonly HashSet<string> carried = new(StringComparer.Ordinal);
    private Scope scope = scope;

    /// <summary>The call that a function's body stands for: its nodes are shown there. Null in a model or block.</summary>
    private readonly (TextSpan Span, SourceText Text)? site = site;

    private DiagnosticBag Diagnostics => proofs.Diagnostics;

    /// <summary>The graph of a model's or block's body.</summary>
    public Region? ElaborateBody(BlockBodySyntax body, IReadOnlyList<BlockInput> inputs)
    {
        var builder = new RegionBuilder(new KeyScope(countsStages: false), inputs.Where(i => i.Value is not null).Select(i => i.Value!).ToArray());
        foreach (var input in inputs)
        {
            if (input.Name is null) continue;
            builder.Declare(input.Name, input.Value is { } value ? new TensorItem(value) : new AbsentItem());
            if (input.IsOptional) optionalInputs.Add(input.Name);
        }
        if (!ElaborateAll(body.Statements.Where(s => s is not (ExpectSyntax or InitSyntax)), builder)) return null;
        if (builder.Flow.Tensors.FirstOrDefault(t => t.IsOptional) is { } missing)
        {
            Diagnostics.At(owner.Syntax.Name.Span).OptionalMissing(missing.Name ?? "the input");
            return null;
        }
        if (builder.Nodes.Count > 0) return ElaborateInit(body, builder) is { } init ? builder.ToRegion(init) : null;
        Diagnostics.At(owner.Syntax.Name.Span).NoStages(owner.Name);
        return null;
    }

    private bool ElaborateAll(IEnumerable<StatementSyntax> statements, RegionBuilder builder)
    {
        foreach (var statement in statements)
        {
            if (!Elaborate(statement, builder)) return false;
        }
        return true;
    }

    private bool Elaborate(StatementSyntax statement, RegionBuilder builder)
    {
        if (ElaborateObjectiveStatement(statement, builder) is { } done) return done;
        switch (statement)
        {
            case FlowStatementSyntax flow:
                if (EvaluateStage(flow.Expression, builder) is not { } value) return false;
                if (value.Tensors.Count == 0)
                {
                    Diagnostics.At(flow.Span).NotAStage("This value");
                    return false;
                }
                builder.Flow = value;
                return true;
            case BindingSyntax { Keyword: null or { Text: "const" } } binding:
                return ElaborateBinding(binding, builder);
            case BindingSyntax { Keyword.Text: "param" or "buffer" } state:
                return ElaborateState(state, builder);
            case BindingSyntax { Keyword.Text: "layer" } layer:
                return ElaborateLayer(layer, builder);
            case KeywordStatementSyntax { Keyword.Text: "yield" } yield:
                return ElaborateYield(yield, builder);
            case KeywordStatementSyntax { Keyword.Text: "require" } require:
                return ElaborateRequire(require.Expression, builder);
            case BrokenStatementSyntax or SkippedStatementSyntax:
                return false;
            case ExpectSyntax:
                Diagnostics.At(statement.Span).NotInLanguage("'expect' inside a group", "Write it at the end of the model.");
                return false;
            case InitSyntax:
                Diagnostics.At(statement.Span).NotInLanguage("'init' inside a group", "Write it at the end of the model or block; a pattern such as \"features.*\" is for what is in a group.");
                return false;
            default:
                Diagnostics.At(statement.Span).NotInLanguage("A statement of this form", "Write stages, such as conv(6, 5) -> relu.");
                return false;
        }
    }

    // A binding leaves the flow as it is: the next line goes on where the last chain ended.
    private bool ElaborateBinding(BindingSyntax binding, RegionBuilder builder)
    {
        if (binding.Value is null) return false;
        var flow = builder.Flow;
        var value = Evaluate(binding.Value, builder);
        builder.Flow = flow;
        if (value is null) return false;
        if (binding.Target is NameSyntax name) return Bind(name, value, builder);
        if (binding.Target is TupleSyntax tuple && tuple.Items.All(i => i is NameSyntax))
        {
            if (value is not TupleItem { Items: var items } || items.Count != tuple.Items.Count)
            {
                Diagnostics.At(binding.Target.Span).WrongArgumentKind("this", $"{tuple.Items.Count} values", $"{Math.Max(1, value.Tensors.Count)}");
                return false;
            }
            return tuple.Items.Zip(items, (target, item) => Bind((NameSyntax)target, item, builder)).All(done => done);
        }
        if (binding.Target is not MissingExpressionSyntax) Diagnostics.At(binding.Target.Span).NotInLanguage("A value for this", "Give it to a name: x = ...");
        return false;
    }

    private bool Bind(NameSyntax name, Value value, RegionBuilder builder)
    {
        if (Objective is not null && builder.Find(name.Token.Text) is TensorItem { Tensor: var first } && carried.Contains(name.Token.Text)) return Carry(name, first, value, builder);
        if (builder.IsState(name.Token.Text) && value is TensorItem)
        {
            builder.Declare(name.Token.Text, value);
            return true;
        }
        if (IsTaken(name, builder)) return false;
        if (value is StaticItem known)
        {
            scope.Declare(name.Token.Text, known.Value);
            return true;
        }
        // In C# a lone _ is no name.
        if (value is TensorItem { Tensor: { Name: null, Producer: not null } tensor } && name.Token.Text != "_") tensor.Name = name.Token.Text;
        builder.Declare(name.Token.Text, value);
        return true;
    }

    private bool IsTaken(NameSyntax name, RegionBuilder builder)
    {
        if (!scope.Has(name.Token.Text) && builder.Find(name.Token.Text) is null && builder.FindLayer(name.Token.Text) is null) return false;
        Diagnostics.At(name.Span).NameTaken(name.Token.Text);
        return true;
    }

    // Each side of an 'and' is a requirement of its own, so that the message says which does not hold.
    private bool ElaborateRequire(ExpressionSyntax expression, RegionBuilder builder)
    {
        if (expression is TupleSyntax { Items: [var only] }) return ElaborateRequire(only, builder);
        if (expression is BinarySyntax { Operator.Text: "and" } both) return ElaborateRequire(both.Left, builder) && ElaborateRequire(both.Right, builder);
        if (EvaluateStatic(expression, builder) is not { } claim) return false;
        claim = proofs.Facts.Decide(claim);
        if (claim is BoolValue { Value: false })
        {
            Diagnostics.At(expression.Span).RequirementFails(expression.Shown, ValuesIn(expression));
            return false;
        }
        if (!IsCondition(claim))
        {
            Diagnostics.At(expression.Span).WrongArgumentKind("require", "a condition", claim.Described);
            return false;
        }
        proofs.Add(new Claim(claim, DiagnosticBuilder.RequirementFails(expression.Shown)) { IsRequirement = true });
        proofs.Facts = proofs.Facts.And(claim);
        return true;
    }

    // "d = 30, heads = 4": the values of the names in a condition.
    private string ValuesIn(ExpressionSyntax expression)
    {
        var names = new List<string>();
        Visit(expression);
        return string.Join(", ", names.Distinct().Where(scope.Has).Select(n => $"{n} = {scope.Use(n)}"));

        void Visit(SyntaxElement element)
        {
            if (element is NameSyntax name) names.Add(name.Token.Text);
            else if (element is SyntaxNode node) foreach (var child in node.Children) Visit(child);
        }
    }

    private bool TakeKey(string? key, TextSpan span, RegionBuilder builder)
    {
        if (key is null || builder.Keys.Take(key, text.LineOf(span.Start) + 1) is not { } earlier) return true;
        Diagnostics.At(span).DuplicateKey(key, earlier);
        return false;
    }

    private string OriginOf(string name, TextSpan span) =>
        site is { } call ? $"{name} in {owner.Name}, line {call.Text.LineOf(call.Span.Start) + 1}" : $"{name}, line {text.LineOf(span.Start) + 1}";

    private TextSpan PlaceOf(TextSpan span) => site?.Span ?? span;

    private Node Add(Node node, RegionBuilder builder)
    {
        session.Count(node);
        builder.Nodes.Add(node);
        return node;
    }
}
