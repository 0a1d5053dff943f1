using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

internal sealed partial class BodyElaborator
{
    /// <summary>The value of an expression; a stage takes what flows. Null where something was reported.</summary>
    private Value? Evaluate(ExpressionSyntax expression, RegionBuilder builder, SyntaxToken? name = null, bool isChained = false)
    {
        switch (expression)
        {
            case ChainSyntax chain:
                return EvaluateChain(chain, builder);
            case NamedStageSyntax named:
                return Evaluate(named.Stage, builder, named.Name, isChained);
            case NameSyntax word:
                return EvaluateName(word, builder, name, isChained);
            case CallSyntax { Callee: NameSyntax callee } call:
                return ApplyStage(callee, call.Arguments, builder, name, isChained);
            case GroupSyntax group:
                return EvaluateGroup(group, builder, name);
            case RepeatSyntax repeat:
                return EvaluateRepeat(repeat, builder, name);
            case ScanSyntax scan:
                return EvaluateScan(scan, builder, name);
            case WhileSyntax loop:
                return EvaluateWhile(loop, builder, name);
            case IfSyntax choice:
                return EvaluateIf(choice, builder);
            case BinarySyntax binary:
                return EvaluateBinary(binary, builder);
            case UnarySyntax unary:
                return EvaluateUnary(unary, builder);
            case TupleSyntax { Items: [var only] }:
                return Evaluate(only, builder);
            case TupleSyntax tuple:
                return EvaluateAll(tuple.Items, builder);
            case ListSyntax list:
                return EvaluateAll(list.Items, builder);
            case MemberSyntax member:
                return EvaluateMember(member, builder);
            case IndexSyntax index:
                return EvaluateIndex(index, builder);
            case LiteralSyntax literal:
                return new StaticEvaluator(scope, Diagnostics).Evaluate(literal) is { } value ? new StaticItem(value) : null;
            case MissingExpressionSyntax or BrokenRowSyntax:
                return null;
            default:
                Diagnostics.At(expression.Span).NotInLanguage("An expression of this form", "Write a stage, a value or arithmetic on them.");
                return null;
        }
    }

    private StaticValue? EvaluateStatic(ExpressionSyntax expression, RegionBuilder builder)
    {
        if (Evaluate(expression, builder) is not { } value) return null;
        if (value is StaticItem known) return known.Value;
        Diagnostics.At(expression.Span).WrongArgumentKind("this", "a value that is known when the model is made", "a tensor");
        return null;
    }

    private Value? EvaluateChain(ChainSyntax chain, RegionBuilder builder)
    {
        var before = builder.Flow;
        foreach (var stage in chain.Stages)
        {
            if (EvaluateStage(stage, builder, isChained: stage != chain.Stages[0]) is not { } value) return null;
            if (stage != chain.Stages[0] && (stage is NameSyntax { Token.Text: var word } && builder.Find(word) is not null || value.Tensors.Count == 0))
            {
                Diagnostics.At(stage.Span).NotAStage("This value");
                return null;
            }
            if (value.Tensors.Count == 0)
            {
                Diagnostics.At(stage.Span).NotAStage($"'{stage.Shown}'");
                return null;
            }
            builder.Flow = value;
        }
        var result = builder.Flow;
        builder.Flow = before;
        return result;
    }

    // relu -> linear(n): where a tensor is to come of it, a stage stands before a parameter of the same name.
    private Value? EvaluateStage(ExpressionSyntax stage, RegionBuilder builder, bool isChained = false)
    {
        var isStage = stage is NameSyntax { Token.Text: var word } && builder.Find(word) is null && OperatorTable.Find(word) is not null;
        return isStage ? ApplyStage((NameSyntax)stage, [], builder, null, isChained) : Evaluate(stage, builder, null, isChained);
    }

    // A tensor or a parameter by its name, or a stage without arguments.
    private Value? EvaluateName(NameSyntax word, RegionBuilder builder, SyntaxToken? name, bool isChained)
    {
        var text = word.Token.Text;
        if (name is null && builder.Find(text) is { } tensors) return tensors;
        if (name is null && scope.Has(text) && scope.Use(text) is not BlockValue) return new StaticItem(scope.Use(text)!);
        return ApplyStage(word, [], builder, name, isChained);
    }

    private Value? EvaluateAll(IReadOnlyList<ExpressionSyntax> items, RegionBuilder builder)
    {
        var values = new List<Value>();
        foreach (var item in items)
        {
            if (EvaluateArgument(item, builder) is not { } value) return null;
            values.Add(value);
        }
        return values.All(v => v is StaticItem)
            ? new StaticItem(new ListValue(values.Select(v => ((StaticItem)v).Value).ToEquatableArray()))
            : new TupleItem(values);
    }

    // A block alone is a value as an argument, not a stage.
    private Value? EvaluateArgument(ExpressionSyntax expression, RegionBuilder builder)
    {
        if (expression is NameSyntax { Token.Text: var name } && builder.Find(name) is null)
        {
            if (scope.Has(name)) return new StaticItem(scope.Use(name)!);
            if (declarations.Find(name) is { Syntax: ModelSyntax } block) return new StaticItem(new BlockValue(block));
            if (OperatorTable.Find(name) is null)
            {
                ReportUnknown((NameSyntax)expression, builder, isArgument: true);
                return null;
            }
        }
        return Evaluate(expression, builder);
    }

    private Value? EvaluateUnary(UnarySyntax unary, RegionBuilder builder)
    {
        if (Evaluate(unary.Operand, builder) is not { } operand) return null;
        if (unary.Operator.Kind == SyntaxKind.Minus)
        {
            var zero = new StaticItem(new IntValue(0));
            return operand is StaticItem ? Combine(unary, "-", zero, operand) : Arithmetic(unary, "*", operand, new StaticItem(new IntValue(-1)), builder);
        }
        if (operand is StaticItem { Value: var value } && IsCondition(value)) return new StaticItem(Condition.Not(value));
        if (operand is TensorItem tensor) return AddSign(unary, "not", [tensor.Tensor], new Dictionary<string, StaticValue>(StringComparer.Ordinal), unary.Operator.Span, builder);
        Diagnostics.At(unary.Span).WrongArgumentKind("not", "a condition", operand is StaticItem other ? other.Value.Kind : "a tensor");
        return null;
    }

    private Value? EvaluateBinary(BinarySyntax binary, RegionBuilder builder)
    {
        if (Evaluate(binary.Left, builder) is not { } left || Evaluate(binary.Right, builder) is not { } right) return null;
        var sign = binary.Operator.Text;
        return left is StaticItem && right is StaticItem ? Combine(binary, sign, left, right) : Arithmetic(binary, sign, left, right, builder);
    }

    private StaticItem? Combine(ExpressionSyntax at, string sign, Value left, Value right)
    {
        var (a, b) = (((StaticItem)left).Value, ((StaticItem)right).Value);
        switch (sign)
        {
            case "and" or "or" when IsCondition(a) && IsCondition(b):
                return new StaticItem(Condition.Combine(sign, a, b));
            case "==" or "!=" or "<" or "<=" or ">" or ">=" when StaticEvaluator.IsNumber(a) == StaticEvaluator.IsNumber(b):
                return new StaticItem(Condition.Compare(sign, a, b));
            default:
                return new StaticEvaluator(scope, Diagnostics).Combine(at, sign, a, b) is { } value ? new StaticItem(value) : null;
        }
    }

    private Value? EvaluateIf(IfSyntax choice, RegionBuilder builder)
    {
        if (OptionalInputs(choice.Condition, builder) is { } asked) return EvaluateGiven(choice, asked, builder);
        if (Evaluate(choice.Condition, builder) is not { } decides) return null;
        if (decides is not StaticItem { Value: var condition })
        {
            Diagnostics.At(choice.Condition.Span).NotInLanguage("A choice by a tensor's values", "where(condition, a, b) chooses element by element.");
            return null;
        }
        if (condition is BoolValue known) return EvaluateArgument(known.Value ? choice.WhenTrue : choice.WhenFalse, builder);
        if (!IsCondition(condition))
        {
            Diagnostics.At(choice.Condition.Span).WrongArgumentKind("if", "a condition", condition.Described);
            return null;
        }
        var (whenTrue, whenFalse) = (builder.Branch(), builder.Branch());
        var facts = proofs.Facts;
        var (factsTrue, factsFalse) = (facts.And(condition), facts.And(Condition.Not(condition)));

        var restore = builder.Keys.Mark();
        proofs.Facts = factsTrue;
        var first = EvaluateArgument(choice.WhenTrue, whenTrue);
        restore();
        proofs.Facts = factsFalse;
        var second = EvaluateArgument(choice.WhenFalse, whenFalse);
        proofs.Facts = facts;
        if (first is null || second is null) return null;
        if (first is StaticItem { Value: var a } && second is StaticItem { Value: var b })
        {
            if (a is IntValue x && b is IntValue y) return new StaticItem(new IntValue(Dim.Choose(condition, x.Dim, y.Dim)));
            if (a.Equals(b)) return first;
        }
        else if (TensorsOf(first) is { } t && TensorsOf(second) is { } f && t.Count == f.Count)
        {
            if (!AreThere(t, choice.WhenTrue, whenTrue) || !AreThere(f, choice.WhenFalse, whenFalse)) return null;
            return Join(choice, condition, (whenTrue, t, factsTrue), (whenFalse, f, factsFalse), builder);
        }
        Diagnostics.At(choice.Span).NotInLanguage("A choice between these two", "Both branches give equally many tensors, or both a whole number.");
        return null;
    }

    // The inputs that 'mask', or 'memory and state', asks for; null where it asks something else.
    private IReadOnlyList<Value>? OptionalInputs(ExpressionSyntax condition, RegionBuilder builder)
    {
        if (condition is NameSyntax { Token.Text: var name }) return optionalInputs.Contains(name) && builder.Find(name) is { } input ? [input] : null;
        if (condition is not BinarySyntax { Operator.Text: "and" } both) return null;
        return OptionalInputs(both.Left, builder) is { } left && OptionalInputs(both.Right, builder) is { } right ? [.. left, .. right] : null;
    }

    // if mask then ... else ...: whether an optional input is there is known of each call, but not where the class is written.
    private Value? EvaluateGiven(IfSyntax choice, IReadOnlyList<Value> inputs, RegionBuilder builder)
    {
        if (inputs.Any(i => i is AbsentItem)) return EvaluateArgument(choice.WhenFalse, builder);
        GraphValue[] open = [.. inputs.OfType<TensorItem>().Select(i => i.Tensor).Where(t => t.IsOptional && !builder.Given.Contains(t)).Distinct()];
        if (open.Length == 0) return EvaluateArgument(choice.WhenTrue, builder);
        var (whenTrue, whenFalse) = (builder.Branch(), builder.Branch());
        whenTrue.Given.UnionWith(open);
        if (EvaluateArgument(choice.WhenTrue, whenTrue) is not { } first || EvaluateArgument(choice.WhenFalse, whenFalse) is not { } second) return null;
        if (TensorsOf(first) is not { } given || TensorsOf(second) is not { } other || given.Count != other.Count)
        {
            Diagnostics.At(choice.Span).NotInLanguage("A choice between these two", "Both branches give equally many tensors.");
            return null;
        }
        if (!AreThere(given, choice.WhenTrue, whenTrue) || !AreThere(other, choice.WhenFalse, whenFalse)) return null;
        foreach (var (t, f) in given.Zip(other, (t, f) => (t, f)))
        {
            if (proofs.AreEqual(t.Type, f.Type, (a, b) => $"a branch gives {a} and the other {b}")) continue;
            Diagnostics.At(choice.Span).BranchesDiffer(t.Type, t.Origin, f.Type, f.Origin);
            return null;
        }
        return AddChoice(choice, null, open, (whenTrue, given), (whenFalse, other), [.. given.Select(t => t.Type)], builder);
    }

    // What a branch gives: a tensor, or several side by side; null for what is no tensor.
    private static IReadOnlyList<GraphValue>? TensorsOf(Value value) =>
        value is TensorItem or TupleItem { Items: { Count: > 0 } } && (value is not TupleItem tuple || tuple.Items.All(i => i is TensorItem)) ? value.Tensors : null;

    private bool AreThere(IReadOnlyList<GraphValue> tensors, SyntaxNode at, RegionBuilder builder) => tensors.All(tensor => IsThere(tensor, at, builder));

    private bool IsThere(GraphValue tensor, SyntaxNode at, RegionBuilder builder)
    {
        if (!tensor.IsOptional || builder.Given.Contains(tensor)) return true;
        Diagnostics.At(at.Span).OptionalMissing(tensor.Name ?? "the input");
        return false;
    }

    private Value? Join(
        IfSyntax choice,
        StaticValue condition,
        (RegionBuilder Builder, IReadOnlyList<GraphValue> Values, Facts Facts) whenTrue,
        (RegionBuilder Builder, IReadOnlyList<GraphValue> Values, Facts Facts) whenFalse,
        RegionBuilder builder)
    {
        var types = new List<TensorType>();
        foreach (var (t, f) in whenTrue.Values.Zip(whenFalse.Values, (t, f) => (t, f)))
        {
            var (a, b) = (t.Type, f.Type);
            if (a.Rank != b.Rank || a.Element != b.Element)
            {
                Diagnostics.At(choice.Span).BranchesDiffer(a, t.Origin, b, f.Origin);
                return null;
            }
            types.Add(a.WithDims(a.Dims.Zip(b.Dims, (x, y) =>
                whenFalse.Facts.AreEqual(x, y) ? x : whenTrue.Facts.AreEqual(x, y) ? y : Dim.Choose(condition, x, y))));
        }
        if (proofs.Promote(condition) is { } open)
        {
            Diagnostics.At(choice.Condition.Span).ConditionOpen(choice.Condition.Shown, open);
            return null;
        }
        return AddChoice(choice, condition, [], (whenTrue.Builder, whenTrue.Values), (whenFalse.Builder, whenFalse.Values), types, builder);
    }

    private Value AddChoice(
        IfSyntax choice, StaticValue? condition, IReadOnlyList<GraphValue> given, (RegionBuilder Builder, IReadOnlyList<GraphValue> Values) whenTrue,
        (RegionBuilder Builder, IReadOnlyList<GraphValue> Values) whenFalse, IReadOnlyList<TensorType> types, RegionBuilder builder)
    {
        whenTrue.Builder.Flow = Value.Of(whenTrue.Values);
        whenFalse.Builder.Flow = Value.Of(whenFalse.Values);
        var (left, right) = (whenTrue.Builder.ToRegion(), whenFalse.Builder.ToRegion());
        var inputs = left.Free().Concat(right.Free()).Concat(given).Distinct().ToArray();
        var node = new IfNode(condition, given, left, right, types, inputs, choice.Span, OriginOf("if", choice.Span));
        return Value.Of(Add(node, builder).Outputs);
    }

    private static bool IsCondition(StaticValue value) => value is BoolValue or Condition or ParameterValue { Type: ParameterType.Bool };
}
