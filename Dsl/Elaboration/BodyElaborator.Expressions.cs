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
        if (choice.Condition is NameSyntax { Token.Text: var name } && optionalInputs.Contains(name) && builder.Find(name) is { } input) return EvaluateGiven(choice, input, builder);
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
        else if (first is TensorItem t && second is TensorItem f)
        {
            return Join(choice, condition, (whenTrue, t.Tensor, factsTrue), (whenFalse, f.Tensor, factsFalse), builder);
        }
        Diagnostics.At(choice.Span).NotInLanguage("A choice between these two", "Both branches give one tensor, or both a whole number.");
        return null;
    }

    // if mask then ... else ...: whether an optional input is there is known of each call, but not where the class is written.
    private Value? EvaluateGiven(IfSyntax choice, Value input, RegionBuilder builder)
    {
        if (input is not TensorItem { Tensor: { IsOptional: true } tensor } || builder.Given.Contains(tensor))
        {
            return EvaluateArgument(input is AbsentItem ? choice.WhenFalse : choice.WhenTrue, builder);
        }
        var (whenTrue, whenFalse) = (builder.Branch(), builder.Branch());
        whenTrue.Given.Add(tensor);
        if (EvaluateArgument(choice.WhenTrue, whenTrue) is not { } first || EvaluateArgument(choice.WhenFalse, whenFalse) is not { } second) return null;
        if (first is not TensorItem { Tensor: var t } || second is not TensorItem { Tensor: var f })
        {
            Diagnostics.At(choice.Span).NotInLanguage("A choice between these two", "Both branches give one tensor.");
            return null;
        }
        if (proofs.AreEqual(t.Type, f.Type, (a, b) => $"a branch gives {a} and the other {b}"))
        {
            return AddChoice(choice, null, tensor, (whenTrue, t), (whenFalse, f), t.Type, builder);
        }
        Diagnostics.At(choice.Span).BranchesDiffer(t.Type, t.Origin, f.Type, f.Origin);
        return null;
    }

    private bool IsThere(GraphValue tensor, ExpressionSyntax at, RegionBuilder builder)
    {
        if (!tensor.IsOptional || builder.Given.Contains(tensor)) return true;
        Diagnostics.At(at.Span).OptionalMissing(tensor.Name ?? "the input");
        return false;
    }

    private TensorItem? Join(
        IfSyntax choice,
        StaticValue condition,
        (RegionBuilder Builder, GraphValue Value, Facts Facts) whenTrue,
        (RegionBuilder Builder, GraphValue Value, Facts Facts) whenFalse,
        RegionBuilder builder)
    {
        var (a, b) = (whenTrue.Value.Type, whenFalse.Value.Type);
        if (a.Rank != b.Rank || a.Element != b.Element)
        {
            Diagnostics.At(choice.Span).BranchesDiffer(a, whenTrue.Value.Origin, b, whenFalse.Value.Origin);
            return null;
        }
        var dims = a.Dims.Zip(b.Dims, (x, y) =>
            whenFalse.Facts.AreEqual(x, y) ? x : whenTrue.Facts.AreEqual(x, y) ? y : Dim.Choose(condition, x, y));
        if (proofs.Promote(condition) is { } open)
        {
            Diagnostics.At(choice.Condition.Span).ConditionOpen(choice.Condition.Shown, open);
            return null;
        }
        return AddChoice(choice, condition, null, (whenTrue.Builder, whenTrue.Value), (whenFalse.Builder, whenFalse.Value), a.WithDims(dims), builder);
    }

    private TensorItem AddChoice(
        IfSyntax choice, StaticValue? condition, GraphValue? given, (RegionBuilder Builder, GraphValue Value) whenTrue, (RegionBuilder Builder, GraphValue Value) whenFalse,
        TensorType type, RegionBuilder builder)
    {
        whenTrue.Builder.Flow = new TensorItem(whenTrue.Value);
        whenFalse.Builder.Flow = new TensorItem(whenFalse.Value);
        var (left, right) = (whenTrue.Builder.ToRegion(), whenFalse.Builder.ToRegion());
        var inputs = left.Free().Concat(right.Free()).Concat(given is null ? [] : [given]).Distinct().ToArray();
        var node = new IfNode(condition, given, left, right, type, inputs, choice.Span, OriginOf("if", choice.Span));
        return new TensorItem(Add(node, builder).Output);
    }

    private static bool IsCondition(StaticValue value) => value is BoolValue or Condition or ParameterValue { Type: ParameterType.Bool };
}
