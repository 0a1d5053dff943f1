using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

internal sealed partial class BodyElaborator
{
    /// <summary>An item of a list of numbers, or a part of a tensor.</summary>
    private Value? EvaluateIndex(IndexSyntax index, RegionBuilder builder)
    {
        if (Evaluate(index.Target, builder) is not { } target) return null;
        switch (target)
        {
            case StaticItem { Value: ListValue list } when index.Indices is [var only]:
                return EvaluateItem(list, only, builder);
            case TensorItem { Tensor: var tensor }:
                return EvaluatePart(tensor, index, builder);
            case TupleItem { Items: var items } when index.Indices is [var only]:
                if (EvaluateStatic(only, builder) is not { } position) return null;
                if (position is IntValue { Dim.Value: { } at } && at >= 0 && at < items.Count) return items[(int)at];
                Diagnostics.At(only.Span).ArgumentOutOfRange("the index", position.ToString()!, $"a known number between 0 and {items.Count - 1}");
                return null;
            default:
                Diagnostics.At(index.Span).NotInLanguage("An index here", "A list of numbers takes one index, such as depths[0]; a tensor takes one a dimension, such as x[:, -1].");
                return null;
        }
    }

    private StaticItem? EvaluateItem(ListValue list, ExpressionSyntax index, RegionBuilder builder)
    {
        if (EvaluateStatic(index, builder) is not { } position) return null;
        if (position is IntValue { Dim.Value: { } at } && at < list.Items.Count && at >= -list.Items.Count)
        {
            return new StaticItem(list.Items[(int)(at < 0 ? at + list.Items.Count : at)]);
        }
        Diagnostics.At(index.Span).ArgumentOutOfRange("the index", position.ToString()!, $"a known number between 0 and {list.Items.Count - 1}");
        return null;
    }

    // x[:, 2:8, -1]: from the front, a place takes its dimension away and a slice keeps it; '...' is all that is not named.
    private TensorItem? EvaluatePart(GraphValue tensor, IndexSyntax index, RegionBuilder builder)
    {
        if (!IsThere(tensor, index.Target, builder)) return null;
        var named = index.Indices.Count(i => !IsEllipsis(i));
        if (named > tensor.Type.Rank || index.Indices.Count(IsEllipsis) > 1)
        {
            Diagnostics.At(index.Span).TooManyIndices(named, tensor.Type, tensor.Origin);
            return null;
        }
        var (current, dim) = (tensor, 0);
        foreach (var item in index.Indices)
        {
            if (IsEllipsis(item))
            {
                // Of any number of dimensions the rest is counted from the end.
                dim = tensor.Type.HasAnyRank ? -index.Indices.Reverse().TakeWhile(i => !IsEllipsis(i)).Count() : dim + tensor.Type.Rank - named;
                continue;
            }
            if (TakePart(current, dim, item, builder) is not { } part) return null;
            (current, dim) = part;
        }
        return new TensorItem(current);

        static bool IsEllipsis(ExpressionSyntax item) => item is NameSyntax { Token.Text: "..." };
    }

    private (GraphValue Part, int NextDim)? TakePart(GraphValue tensor, int dim, ExpressionSyntax item, RegionBuilder builder)
    {
        var at = new IntValue(dim);
        if (item is SliceSyntax slice)
        {
            if (slice is { Start: null, Stop: null, Step: null }) return (tensor, dim + 1);
            var arguments = new List<(string Name, StaticValue Value)> { ("dim", at) };
            foreach (var (name, expression) in new[] { ("start", slice.Start), ("end", slice.Stop), ("step", slice.Step) })
            {
                if (expression is null) continue;
                if (EvaluateStatic(expression, builder) is not { } value) return null;
                if (value is not IntValue)
                {
                    Diagnostics.At(expression.Span).WrongArgumentKind("a slice", "whole numbers", value.Described);
                    return null;
                }
                arguments.Add((name, value));
            }
            return AddPart("slice", [tensor], item, builder, [.. arguments]) is { } part ? (part, dim + 1) : null;
        }
        switch (EvaluateArgument(item, builder))
        {
            case null:
                return null;
            case StaticItem { Value: IntValue place }:
                return AddPart("select", [tensor], item, builder, ("dim", at), ("index", place)) is { } only ? (only, dim < 0 ? dim + 1 : dim) : null;
            case TensorItem { Tensor: var places }:
                return AddPart("index", [tensor, places], item, builder, ("dim", at)) is { } chosen ? (chosen, dim < 0 ? dim + 1 : dim + places.Type.Rank) : null;
            default:
                Diagnostics.At(item.Span).WrongArgumentKind("an index", "a place, a slice such as 2:8, or an int tensor", "something else");
                return null;
        }
    }

    private GraphValue? AddPart(string row, GraphValue[] tensors, ExpressionSyntax at, RegionBuilder builder, params (string Name, StaticValue Value)[] arguments)
    {
        var @operator = OperatorTable.Find(row)!;
        var call = OperatorCall.Of(@operator, tensors, arguments, at.Span, proofs);
        return AddOperator(call, at, [], builder, null) is TensorItem { Tensor: var part } ? part : null;
    }
}
