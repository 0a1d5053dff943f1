using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

internal sealed partial class BodyElaborator
{
    /// <summary><c>scan x over dim 1 with (h = ...) { ... yield h }</c>, or <c>scan i over 0..n with (...) { ... }</c>.</summary>
    private Value? EvaluateScan(ScanSyntax scan, RegionBuilder builder, SyntaxToken? name)
    {
        if (!MayLoop("scan", scan.Span, name)) return null;
        if (!scan.IsOverTensor) return EvaluateCountedScan(scan, builder);
        if (builder.Flow is not TensorItem { Tensor: var sequence })
        {
            Diagnostics.At(scan.Span).WrongInputCount("scan", 1, 1, builder.Flow.Tensors.Count);
            return null;
        }
        if (!IsThere(sequence, scan, builder)) return null;
        if (sequence.Type.HasAnyRank)
        {
            Diagnostics.At(scan.Dimension.Span).RankUnknown("scan", sequence.Type, sequence.Origin);
            return null;
        }
        if (EvaluateStatic(scan.Dimension, builder) is not { } dimension) return null;
        var rank = sequence.Type.Rank;
        if (dimension is not IntValue { Dim.Value: { } axis } || axis < -rank || axis >= rank)
        {
            Diagnostics.At(scan.Dimension.Span).ArgumentOutOfRange("dim", dimension.ToString()!, $"a dimension of {sequence.Type}, {-rank} to {rank - 1}");
            return null;
        }
        var at = (int)(axis < 0 ? axis + rank : axis);
        var slice = new GraphValue(
            sequence.Type.WithDims(sequence.Type.Dims.Where((_, i) => i != at)), OriginOf($"{scan.Variable.Text} of the scan", scan.Variable.Span), null, scan.Variable.Text);
        var steps = new LoopSteps("", Dim.Zero, sequence.Type[at], sequence, at, null);
        return EvaluateLoop("scan", scan.Span, scan.States, scan.Body, slice, steps, null, builder);
    }

    private Value? EvaluateCountedScan(ScanSyntax scan, RegionBuilder builder)
    {
        if (RangeOf(scan.Dimension, "scan", builder) is not { } range) return null;
        return EvaluateLoop("scan", scan.Span, scan.States, scan.Body, null, new LoopSteps(scan.Variable.Text, range.Start, range.End, null, 0, null), null, builder);
    }

    /// <summary><c>while any(halted &lt; 1) limit 20 with (...) { ... }</c></summary>
    private Value? EvaluateWhile(WhileSyntax loop, RegionBuilder builder, SyntaxToken? name)
    {
        if (!MayLoop("while", loop.Span, name)) return null;
        if (EvaluateStatic(loop.Limit, builder) is not { } limit) return null;
        if (limit is not IntValue { Dim: var most } || most.Value is < 1)
        {
            Diagnostics.At(loop.Limit.Span).ArgumentOutOfRange("limit", limit.ToString()!, "a whole number of steps, at least 1");
            return null;
        }
        return EvaluateLoop("while", loop.Span, loop.States, loop.Body, null, new LoopSteps("", Dim.Zero, most, null, 0, null), loop.Condition, builder);
    }

    private bool MayLoop(string word, TextSpan span, SyntaxToken? name)
    {
        if (name is null) return true;
        Diagnostics.At(name.Span).NotInLanguage($"A name for a {word}", "Name the stages in it: each step uses the same, under their own keys.");
        return false;
    }

    private Value? EvaluateLoop(
        string word, TextSpan span, IReadOnlyList<BindingSyntax> states, BlockBodySyntax body, GraphValue? slice, LoopSteps steps, ExpressionSyntax? condition, RegionBuilder builder)
    {
        if (FirstStates(states, builder) is not { } first) return null;
        var carried = first.Select(s => new GraphValue(s.Value.Type, OriginOf($"state {s.Name.Text}", s.Name.Span), null, s.Name.Text)).ToArray();
        var inner = builder.LoopBody(slice is null ? carried : [slice, .. carried]);
        if (slice is not null) inner.Declare(slice.Name!, new TensorItem(slice));
        foreach (var state in carried) inner.DeclareState(state.Name!, new TensorItem(state));
        inner.Flow = slice is not null ? new TensorItem(slice) : Value.Of(carried);

        var outer = scope;
        scope = new Scope(scope);
        if (steps.Counter.Length > 0) scope.Declare(steps.Counter, new IntValue(Dim.Symbol(steps.Counter, DimSymbolKind.Loop)));
        var decides = condition is null ? null : ConditionOf(condition, carried, builder);
        var done = (condition is null || decides is not null) && ElaborateAll(body.Statements, inner);
        scope = outer;
        if (!done || NextStates(carried, inner, span) is not { } next) return null;

        var yields = inner.Yields!.SelectMany(y => y.Tensors).ToArray();
        if (yields.Length + next.Count == 0)
        {
            Diagnostics.At(span).NoStages(word);
            return null;
        }
        inner.Flow = new TupleItem(next.Concat(yields).Select(t => (Value)new TensorItem(t)).ToArray());
        return AddLoop(word, span, steps with { Condition = decides }, first, inner.ToRegion(), yields, builder);
    }

    private Value AddLoop(
        string word, TextSpan span, LoopSteps steps, IReadOnlyList<(SyntaxToken Name, GraphValue Value)> first, Region body, IReadOnlyList<GraphValue> yields, RegionBuilder builder)
    {
        var count = steps.End - steps.Start;
        var collected = yields.Select(y => y.Type.WithDims([.. y.Type.Dims.Take(steps.Axis), count, .. y.Type.Dims.Skip(steps.Axis)])).ToArray();
        var initial = first.Select(f => f.Value).ToArray();
        // The condition reads the states as the body does.
        var free = body.Free().Concat(steps.Condition?.Free() ?? []).Except(body.Inputs);
        var inputs = initial.Concat(free).Concat(steps.Sequence is { } sequence ? [sequence] : []).Distinct().ToArray();
        var node = Add(new LoopNode(steps, initial, body, inputs, collected, word, PlaceOf(span), OriginOf(word, span)), builder);
        // Behind the loop the names of the states stand for what they are after the last step.
        var last = node.Outputs.Skip(yields.Count).ToArray();
        for (var i = 0; i < last.Length; i++)
        {
            last[i].Name = first[i].Name.Text;
            builder.Declare(first[i].Name.Text, new TensorItem(last[i]));
        }
        return Value.Of(yields.Count > 0 ? node.Outputs.Take(yields.Count).ToArray() : last);
    }

    private IReadOnlyList<(SyntaxToken Name, GraphValue Value)>? FirstStates(IReadOnlyList<BindingSyntax> states, RegionBuilder builder)
    {
        var first = new List<(SyntaxToken Name, GraphValue Value)>();
        foreach (var state in states)
        {
            if (state.Value is null || state.Target is not NameSyntax { Token: { IsMissing: false } name }) return null;
            if (scope.Has(name.Text) || first.Any(f => f.Name.Text == name.Text))
            {
                Diagnostics.At(name.Span).NameTaken(name.Text);
                return null;
            }
            var flow = builder.Flow;
            var value = Evaluate(state.Value, builder);
            builder.Flow = flow;
            if (value is null) return null;
            if (value is not TensorItem { Tensor: var tensor })
            {
                Diagnostics.At(state.Value.Span).WrongArgumentKind(name.Text, "one tensor, such as zeros(B, hidden)", value is StaticItem known ? known.Value.Described : "several tensors");
                return null;
            }
            first.Add((name, tensor));
        }
        return first;
    }

    // A state keeps its shape from step to step.
    private IReadOnlyList<GraphValue>? NextStates(IReadOnlyList<GraphValue> carried, RegionBuilder inner, TextSpan span)
    {
        var next = new List<GraphValue>();
        foreach (var state in carried)
        {
            if (inner.Find(state.Name!) is not TensorItem { Tensor: var value }) return null;
            if (!proofs.AreEqual(value.Type, state.Type, (a, b) => $"the state {state.Name} is {b} and becomes {a}"))
            {
                Diagnostics.At(span).StateChanges(state.Name!, state.Type, value.Type, value.Origin);
                return null;
            }
            next.Add(value);
        }
        return next;
    }

    private Region? ConditionOf(ExpressionSyntax condition, IReadOnlyList<GraphValue> carried, RegionBuilder builder)
    {
        var inner = builder.LoopBody([]);
        foreach (var state in carried) inner.Declare(state.Name!, new TensorItem(state));
        inner.Flow = Value.Of(carried);
        if (Evaluate(condition, inner) is not { } value) return null;
        if (value is not TensorItem { Tensor.Type: { Element: ElementType.Bool, Rank: 0 } })
        {
            Diagnostics.At(condition.Span).WrongArgumentKind(
                "while", "one truth value, bool[], such as any(halted < 1)", value is TensorItem { Tensor: var other } ? other.Type.ToString() : value is StaticItem known ? known.Value.Described : "several tensors");
            return null;
        }
        inner.Flow = value;
        return inner.ToRegion();
    }

    private bool ElaborateYield(KeywordStatementSyntax yield, RegionBuilder builder)
    {
        if (builder.Yields is not { } yields)
        {
            Diagnostics.At(yield.Keyword.Span).NotInLanguage("'yield' outside of a scan", "Write it as a line of the scan's own body.");
            return false;
        }
        var flow = builder.Flow;
        var value = Evaluate(yield.Expression, builder);
        builder.Flow = flow;
        if (value is null) return false;
        if (value.Tensors.Count == 0)
        {
            Diagnostics.At(yield.Expression.Span).WrongArgumentKind("yield", "a tensor", value is StaticItem known ? known.Value.Described : "nothing");
            return false;
        }
        yields.Add(value);
        return true;
    }
}
