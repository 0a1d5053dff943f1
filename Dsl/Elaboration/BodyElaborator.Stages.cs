using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

internal sealed partial class BodyElaborator
{
    private Value? ApplyStage(NameSyntax callee, IReadOnlyList<ArgumentSyntax> arguments, RegionBuilder builder, SyntaxToken? name, bool isChained)
    {
        if (Objective?.Find(callee.Token.Text) is { } network) return ApplyNetwork(network, callee, arguments, builder, name, isChained);
        if (Objective is not null && callee.Token.Text == GradientName && arguments.Count > 0) return ApplyGradient(callee, arguments, builder);
        if (builder.FindLayer(callee.Token.Text) is { } layer) return ApplyShared(layer, callee, arguments, builder, name, isChained);
        if (DeclarationOf(callee) is { Syntax: FunctionSyntax { Body: not null } function } declaration) return ApplyFunction(declaration, function, callee, arguments, builder, isChained);
        var values = new List<(ArgumentSyntax Syntax, Value Value)>();
        // What is unknown is said before what is wrong with its arguments.
        if (!IsKnown(callee, builder)) return null;
        foreach (var argument in arguments)
        {
            if (EvaluateArgument(argument.Value, builder) is not { } value) return null;
            values.Add((argument, value));
        }
        if (name is null && !isChained && values is [{ Value: StaticItem { Value: var number } }] && StaticFunctions.Apply(callee.Token.Text, number) is { } known) return new StaticItem(known);
        return ApplyCallee(callee, callee, values, builder, name, isChained, null);
    }

    private Declaration? DeclarationOf(NameSyntax callee) =>
        scope.Has(callee.Token.Text) ? (scope.Use(callee.Token.Text) as BlockValue)?.Declaration : declarations.Find(callee.Token.Text);

    // dropout(dropout): a parameter may be called as an operator is.
    private bool IsKnown(NameSyntax callee, RegionBuilder builder)
    {
        if (DeclarationOf(callee) is not null || OperatorTable.Find(callee.Token.Text) is not null) return true;
        ReportUnknown(callee, builder);
        return false;
    }

    private Value? ApplyCallee(
        NameSyntax callee, NameSyntax at, IReadOnlyList<(ArgumentSyntax Syntax, Value Value)> values, RegionBuilder builder, SyntaxToken? name, bool isChained, SharedLayer? layer)
    {
        if (DeclarationOf(callee) is { Syntax: FunctionSyntax function } declaration) return ApplyExtern(declaration, function, at, values, builder, isChained);
        if (DeclarationOf(callee) is { } block) return ApplyBlock(block, at, values, builder, name, isChained, layer);
        return IsKnown(callee, builder) ? ApplyOperator(OperatorTable.Find(callee.Token.Text)!, at, values, builder, name, isChained, layer) : null;
    }

    private void ReportUnknown(NameSyntax callee, RegionBuilder builder, bool isArgument = false)
    {
        var name = callee.Token.Text;
        if (scope.Has(name) || name is "_" or "...")
        {
            Diagnostics.At(callee.Span).NotAStage($"'{name}'");
            return;
        }
        if (declarations.NamespaceOf(name) is { } elsewhere)
        {
            Diagnostics.At(callee.Span).NameElsewhere(name, elsewhere);
            return;
        }
        // A lone name may be meant as either.
        var stages = OperatorTable.All.Select(o => o.Name).Concat(declarations.Names).ToArray();
        var values = scope.Names.Concat(builder.Names).ToArray();
        var isValue = isArgument || (Spelling.Nearest(name, stages) is null && Spelling.Nearest(name, values) is not null);
        if (isValue) Diagnostics.At(callee.Span).UnknownName("parameter or value", name, values);
        // In a file that could not be read as a whole the name may be declared in what is broken: once is enough.
        else if (owner.File.Diagnostics.Count == 0 || Diagnostics.IsFirst(name)) Diagnostics.At(callee.Span).UnknownName("stage", name, stages);
    }

    private Value? ApplyOperator(
        Operator @operator, NameSyntax callee, IReadOnlyList<(ArgumentSyntax Syntax, Value Value)> arguments, RegionBuilder builder, SyntaxToken? name, bool isChained, SharedLayer? layer)
    {
        var flow = builder.Flow;
        if (@operator.IsCreator)
        {
            if (isChained)
            {
                Diagnostics.At(callee.Span).WrongInputCount(@operator.Name, 0, 0, flow.Tensors.Count);
                return null;
            }
            flow = builder.Like is { } like ? new TensorItem(like) : new TupleItem([]);
        }
        var binder = new PortBinder(@operator.Name, @operator.Ports, @operator.IsVariadic, @operator.Arguments.Select(a => a.Name), Diagnostics);
        if (binder.Bind(callee, arguments, flow, isChained, builder.Given) is not { } ports || new CallBinder(proofs).Bind(@operator, callee, ports) is not { } call) return null;
        if (@operator.Steps is null) return AddOperator(call, callee, ports.Arguments, builder, name, layer);

        if (@operator.Steps(call) is not { } steps) return null;
        var result = call.Inputs[0];
        foreach (var step in steps)
        {
            var row = OperatorTable.Find(step.Operator)!;
            var part = OperatorCall.Of(row, [result], step.Arguments, callee.Span, proofs);
            if (AddOperator(part, callee, [], builder, null) is not TensorItem { Tensor: var next }) return null;
            result = next;
        }
        return new TensorItem(result);
    }

    private Value? AddOperator(
        OperatorCall call, ExpressionSyntax place, IReadOnlyList<(ArgumentSyntax Syntax, StaticValue Value)> arguments, RegionBuilder builder, SyntaxToken? name, SharedLayer? layer = null)
    {
        var (@operator, at) = (call.Operator, place.Span);
        if (TypesOf(call, at) is not { } types) return null;
        if (IsWithoutLayers && @operator.Weights(call).Count > 0)
        {
            Diagnostics.At(at).NotInLanguage($"'{@operator.Name}', which has parameters of its own, in an objective", "Write a model, and give it to the objective.");
            return null;
        }
        if (site is not null && @operator.Weights(call).Count > 0)
        {
            Diagnostics.At(at).NotInLanguage($"'{@operator.Name}', which has parameters of its own, in a function", "Write a block.");
            return null;
        }
        var shownName = layer?.Name.Text ?? name?.Text ?? @operator.Name;
        var key = layer is not null ? layer.Name.Text : builder.Keys.Next(name?.Text, @operator.Name, keeps: @operator.Weights(call).Count > 0);
        if (layer is null && !TakeKey(key, name?.Span ?? at, builder)) return null;
        var node = new OperatorNode(call, types, OriginOf(shownName, at), shownName, key, PlaceOf(at)) { SharesWith = layer?.First };
        if (layer is not null && !Fits(layer, node, (NameSyntax)place)) return null;
        if (!KnowsSizes(node, arguments, at, builder)) return null;
        return Value.Of(Add(node, builder).Outputs);
    }

    private IReadOnlyList<TensorType>? TypesOf(OperatorCall call, TextSpan at)
    {
        if (call.OutputTypes() is not { } types) return null;
        if (RankFreedom.Holds(call, types)) return types;
        var input = call.Inputs.First(i => i.Type.HasAnyRank);
        Diagnostics.At(at).RankUnknown(call.Operator.Name, input.Type, input.Origin);
        return null;
    }

    // A layer is made with sizes that its constructor has to know; a function reads them off the tensors it meets.
    private bool KnowsSizes(OperatorNode node, IReadOnlyList<(ArgumentSyntax Syntax, StaticValue Value)> arguments, TextSpan at, RegionBuilder builder)
    {
        if (node.IsLayer)
        {
            foreach (var (syntax, value) in arguments)
            {
                if (proofs.Promote(value) is not { } open) continue;
                Diagnostics.At(syntax.Span).ConditionOpen(syntax.Value.Shown, open);
                return false;
            }
            return true;
        }
        return ShowsSizes(node, at, builder);
    }

    private bool ShowsSizes(Node node, TextSpan at, RegionBuilder builder)
    {
        foreach (var symbol in node.RuntimeSizes.Where(s => !builder.ShowsSize(s)))
        {
            Diagnostics.At(at).InputSizeUnknown(node.Name, Dim.Symbol(symbol.Name, symbol.Kind), symbol.Name);
            return false;
        }
        return true;
    }

    private TensorItem? Arithmetic(ExpressionSyntax at, string sign, Value left, Value right, RegionBuilder builder)
    {
        if (OperatorTable.FindSign(sign) is not { } @operator || left is TupleItem or AbsentItem || right is TupleItem or AbsentItem)
        {
            Diagnostics.At(at.Span).NotInLanguage($"'{sign}' on tensors here", "Use + - * / @ ** or a comparison on one tensor each side.");
            return null;
        }
        var arguments = new Dictionary<string, StaticValue>(StringComparer.Ordinal);
        if (left is StaticItem a) arguments[@operator.Ports[0].Name] = a.Value;
        if (right is StaticItem b) arguments[@operator.Ports[1].Name] = b.Value;
        var takesNumbers = @operator.Ports[0].TakesNumber;
        if (arguments.Values.FirstOrDefault(v => !takesNumbers || !StaticEvaluator.IsNumber(v)) is { } odd)
        {
            Diagnostics.At(at.Span).WrongArgumentKind(sign, takesNumbers ? "tensors and numbers" : "a tensor on each side", odd.Described);
            return null;
        }
        var tensors = new[] { (left as TensorItem)?.Tensor, (right as TensorItem)?.Tensor };
        if (!tensors.All(t => t is null || IsThere(t, at, builder))) return null;
        var place = at is BinarySyntax binary ? binary.Operator.Span : at.Span;
        return AddSign(at, sign, tensors, arguments, place, builder);
    }

    private TensorItem? AddSign(
        ExpressionSyntax at, string sign, GraphValue?[] tensors, IReadOnlyDictionary<string, StaticValue> arguments, TextSpan place, RegionBuilder builder)
    {
        var @operator = OperatorTable.FindSign(sign)!;
        var call = new OperatorCall(@operator, tensors, arguments, _ => place, proofs);
        if (TypesOf(call, place) is not { } types) return null;
        var node = new OperatorNode(call, types, OriginOf($"'{sign}'", place), @operator.Name, null, PlaceOf(at.Span));
        if (!KnowsSizes(node, [], place, builder)) return null;
        return new TensorItem(Add(node, builder).Output);
    }

    private Value? EvaluateGroup(GroupSyntax group, RegionBuilder outer, SyntaxToken? name)
    {
        switch (group.Keyword?.Text)
        {
            case null:
                return Inline(group, outer, name);
            case "parallel":
                return EvaluateParallel(group, outer);
            case "checkpoint":
                return EvaluateCheckpoint(group, outer, name);
            case "on":
                return EvaluatePlaced(group, outer, name);
            default:
                return EvaluateResidual(group, outer, name);
        }
    }

    private TensorItem? EvaluateResidual(GroupSyntax group, RegionBuilder outer, SyntaxToken? name)
    {
        if (outer.Flow is not TensorItem input)
        {
            Diagnostics.At(group.Span).WrongInputCount("residual", 1, 1, outer.Flow.Tensors.Count);
            return null;
        }
        return Inline(group, outer, name) is { } change ? Arithmetic(group, "+", change, input, outer) : null;
    }

    // Several ways from the same tensor; together they are a tuple, which concat or + make one again.
    private TupleItem? EvaluateParallel(GroupSyntax group, RegionBuilder builder)
    {
        var (flow, results) = (builder.Flow, new List<Value>());
        foreach (var statement in group.Body.Statements)
        {
            builder.Flow = flow;
            if (!Elaborate(statement, builder)) return null;
            results.Add(builder.Flow);
        }
        builder.Flow = flow;
        return new TupleItem(results);
    }

    private Value? Inline(GroupSyntax group, RegionBuilder outer, SyntaxToken? name)
    {
        if (BuildModule(group.Body.Statements, outer, group, name?.Text ?? "{ }") is not { } inner) return null;
        return AddGroup(inner, outer, name, group.Span, "group");
    }

    private RegionBuilder? BuildModule(IReadOnlyList<StatementSyntax> statements, RegionBuilder outer, SyntaxNode at, string shownName)
    {
        if (RefusesModule(at)) return null;
        var inner = new RegionBuilder(new KeyScope(countsStages: true), outer.Flow.Tensors.Select(t => t.AsInput()).ToArray(), outer);
        using var place = session.Enter(shownName[0] == '{' || at is RepeatSyntax ? null : shownName);
        var before = scope;
        scope = new Scope(scope);
        var done = ElaborateAll(statements, inner);
        scope = before;
        if (!done) return null;
        if (inner.Nodes.Count > 0) return inner;
        Diagnostics.At(at.Span).NoStages(shownName);
        return null;
    }

    private Value? AddGroup(RegionBuilder inner, RegionBuilder outer, SyntaxToken? name, TextSpan span, string kind, Placement? place = null)
    {
        var body = inner.ToRegion();
        // A group without parameters is registered too: it has to know whether it is training.
        var key = outer.Keys.Next(name?.Text, kind, keeps: true);
        if (!TakeKey(key, name?.Span ?? span, outer)) return null;
        var inputs = outer.Flow.Tensors.Concat(inner.Captured).ToArray();
        var node = new GroupNode(body, inputs, name?.Text ?? kind, key, span) { Place = place };
        return Value.Of(Add(node, outer).Outputs);
    }
}
