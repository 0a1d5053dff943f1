using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Elaboration;

/// <summary>What an expression gives: something known when the module is made, or tensors that flow.</summary>
internal abstract record Value
{
    /// <summary>The tensors in it, in order.</summary>
    public abstract IReadOnlyList<GraphValue> Tensors { get; }

    /// <summary>One tensor as it is, several as a tuple.</summary>
    public static Value Of(IReadOnlyList<GraphValue> tensors) => tensors.Count == 1 ? new TensorItem(tensors[0]) : new TupleItem(tensors.Select(t => (Value)new TensorItem(t)).ToArray());
}

/// <summary>A number, text, list, condition or block.</summary>
internal sealed record StaticItem(StaticValue Value) : Value
{
    public override IReadOnlyList<GraphValue> Tensors => [];
}

/// <summary>A tensor.</summary>
internal sealed record TensorItem(GraphValue Tensor) : Value
{
    public override IReadOnlyList<GraphValue> Tensors => [Tensor];
}

/// <summary>Several values.</summary>
internal sealed record TupleItem(IReadOnlyList<Value> Items) : Value
{
    public override IReadOnlyList<GraphValue> Tensors => Items.SelectMany(i => i.Tensors).ToArray();
}

/// <summary>An optional input that this call leaves out.</summary>
internal sealed record AbsentItem : Value
{
    public override IReadOnlyList<GraphValue> Tensors => [];
}
