using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>
/// Turns the statements of one body into a graph: what flows out of a line flows into the next. After a stage that is wrong
/// nothing is known of what flows, so the rest of the body is left alone and one mistake gives one message.
/// </summary>
internal sealed class BodyElaborator(string modelName, SourceText text, Scope scope, ProofContext proofs)
{
    private readonly StaticEvaluator evaluator = new(scope, proofs.Diagnostics);

    private DiagnosticBag Diagnostics => proofs.Diagnostics;

    /// <summary>The graph of a model's body.</summary>
    public Region? ElaborateModel(BlockBodySyntax body, string inputName, GraphValue input)
    {
        var builder = new RegionBuilder(new KeyScope(countsStages: false), input) { InputName = inputName };
        foreach (var statement in body.Statements)
        {
            if (statement is not ExpectSyntax && !Elaborate(statement, builder)) return null;
        }
        if (builder.Nodes.Count > 0) return builder.ToRegion();
        Diagnostics.At(body.Span).NoStages(modelName);
        return null;
    }

    private bool Elaborate(StatementSyntax statement, RegionBuilder builder)
    {
        switch (statement)
        {
            case FlowStatementSyntax flow:
                return ElaborateStage(flow.Expression, null, builder);
            case BrokenStatementSyntax or SkippedStatementSyntax:
                return false;
            case ExpectSyntax:
                Diagnostics.At(statement.Span).NotInLanguage("'expect' inside a group", "Write it at the end of the model.");
                return false;
            default:
                Diagnostics.At(statement.Span).NotInLanguage("A statement of this form", "Write stages, such as conv(6, 5) -> relu.");
                return false;
        }
    }

    private bool ElaborateStage(ExpressionSyntax stage, SyntaxToken? name, RegionBuilder builder)
    {
        switch (stage)
        {
            case ChainSyntax chain:
                return ElaborateChain(chain, builder);
            case NamedStageSyntax named:
                return ElaborateStage(named.Stage, named.Name, builder);
            case NameSyntax callee:
                return ElaborateCall(callee, [], name, builder);
            case CallSyntax { Callee: NameSyntax callee } call:
                return ElaborateCall(callee, call.Arguments, name, builder);
            case GroupSyntax { Keyword: null } group:
                return ElaborateGroup(group, name, builder);
            case MissingExpressionSyntax or BrokenRowSyntax:
                return false;
            default:
                Diagnostics.At(stage.Span).NotAStage("This");
                return false;
        }
    }

    private bool ElaborateChain(ChainSyntax chain, RegionBuilder builder)
    {
        for (var i = 0; i < chain.Stages.Count; i++)
        {
            // x -> conv(...): the input by its name begins a chain.
            if (i == 0 && chain.Stages[0] is NameSyntax head && head.Token.Text == builder.InputName)
            {
                builder.Flow = builder.Input;
                continue;
            }
            if (!ElaborateStage(chain.Stages[i], null, builder)) return false;
        }
        return true;
    }

    private bool ElaborateCall(NameSyntax callee, IReadOnlyList<ArgumentSyntax> arguments, SyntaxToken? name, RegionBuilder builder)
    {
        var calleeName = callee.Token.Text;
        if (OperatorTable.Find(calleeName) is not { } @operator)
        {
            if (scope.Has(calleeName)) Diagnostics.At(callee.Span).NotAStage($"The parameter '{calleeName}'");
            else Diagnostics.At(callee.Span).UnknownName("stage", calleeName, OperatorTable.All.Select(o => o.Name));
            return false;
        }
        if (new CallBinder(evaluator, proofs).Bind(@operator, callee, arguments, builder.Flow) is not { } call) return false;
        if (@operator.Type(call) is not { } type) return false;

        var key = builder.Keys.Next(name?.Text, @operator.Name, keeps: @operator.Weights(call).Count > 0);
        if (!TakeKey(key, name?.Span ?? callee.Span, builder)) return false;
        var shownName = name?.Text ?? @operator.Name;
        builder.Add(new OperatorNode(call, builder.Flow, type, OriginOf(shownName, callee.Span), shownName, key, callee.Span));
        return true;
    }

    private bool ElaborateGroup(GroupSyntax group, SyntaxToken? name, RegionBuilder outer)
    {
        var input = new GraphValue(outer.Flow.Type, outer.Flow.Origin, null);
        var inner = new RegionBuilder(new KeyScope(countsStages: true), input);
        foreach (var statement in group.Body.Statements)
        {
            if (!Elaborate(statement, inner)) return false;
        }
        if (inner.Nodes.Count == 0)
        {
            Diagnostics.At(group.Span).NoStages(name?.Text ?? "{ }");
            return false;
        }
        var body = inner.ToRegion();
        var keeps = body.Operators().Any(o => o.Node.Weights.Count > 0);
        var key = outer.Keys.Next(name?.Text, "group", keeps);
        if (!TakeKey(key, name?.Span ?? group.Span, outer)) return false;
        outer.Add(new GroupNode(body, outer.Flow, body.Result.Origin, name?.Text ?? "group", key, group.Span));
        return true;
    }

    private bool TakeKey(string? key, TextSpan span, RegionBuilder builder)
    {
        if (key is null || builder.Keys.Take(key, text.LineOf(span.Start) + 1) is not { } earlier) return true;
        Diagnostics.At(span).DuplicateKey(key, earlier);
        return false;
    }

    private string OriginOf(string name, TextSpan span) => $"{name}, line {text.LineOf(span.Start) + 1}";

    /// <summary>A region that grows stage by stage.</summary>
    private sealed class RegionBuilder(KeyScope keys, GraphValue input)
    {
        public KeyScope Keys { get; } = keys;

        public GraphValue Input { get; } = input;

        public string? InputName { get; init; }

        /// <summary>What flows into the next stage.</summary>
        public GraphValue Flow { get; set; } = input;

        public List<Node> Nodes { get; } = [];

        public void Add(Node node)
        {
            Nodes.Add(node);
            Flow = node.Output;
        }

        public Region ToRegion() => new(Input, Nodes, Flow);
    }
}
