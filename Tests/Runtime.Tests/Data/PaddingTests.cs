using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Sequences;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Data;

public sealed class PaddingTests
{
    private static readonly int[][] Sentences = [[5, 6, 7], [], [8]];

    [Fact]
    public void Fills_up_behind_and_says_where_the_sequences_are()
    {
        using var scope = NewDisposeScope();

        (Tensor values, Tensor mask) = new Padding { Value = 9 }.Pad(Sentences);

        Assert.Equal([3, 3], values.shape);
        Assert.Equal([5, 6, 7, 9, 9, 9, 8, 9, 9], values.data<long>().ToArray());
        Assert.Equal([true, true, true, false, false, false, true, false, false], mask.data<bool>().ToArray());
    }

    [Fact]
    public void Fills_up_before_cuts_and_rounds_the_width()
    {
        using var scope = NewDisposeScope();

        (Tensor values, Tensor mask) = new Padding { Before = true, Longest = 2, MultipleOf = 4 }.Pad(Sentences);

        Assert.Equal([3, 4], values.shape);
        Assert.Equal([0, 0, 5, 6, 0, 0, 0, 0, 0, 0, 0, 8], values.data<long>().ToArray());
        Assert.Equal([false, false, true, true, false, false, false, false, false, false, false, true], mask.data<bool>().ToArray());
    }

    [Fact]
    public void Pads_vectors_with_zeros()
    {
        using var scope = NewDisposeScope();

        (Tensor values, Tensor mask) = new Padding().Pad([[1, 2, 3, 4], [5, 6]], features: 2);

        Assert.Equal([2, 2, 2], values.shape);
        Assert.Equal([1, 2, 3, 4, 5, 6, 0, 0], values.data<float>().ToArray());
        Assert.Equal([true, true, true, false], mask.data<bool>().ToArray());
        Assert.Throws<ArgumentException>(() => new Padding().Pad([[1, 2, 3]], features: 2));
    }

    [Fact]
    public void A_batch_of_sequences_is_as_wide_as_its_own_longest()
    {
        SequenceDataset data = new(Sentences, classes: [1, 0, 2]);

        using Batch batch = data.Read([2, 1]);

        Assert.Equal([3, 0, 1], data.Lengths);
        Assert.Equal([2, 1], batch.Input.shape);
        Assert.Equal([8, 0], batch.Input.data<long>().ToArray());
        Assert.Equal([true, false], batch[SequenceDataset.MaskName].data<bool>().ToArray());
        Assert.Equal([2, 0], batch.Target.data<long>().ToArray());
    }
}
