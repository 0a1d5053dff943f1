namespace Dlm.Torch.Tests;

public class ShapeTests
{
    private static Tensor Counting(params long[] size) => arange(size.Aggregate(1L, (a, b) => a * b)).reshape(size);

    [Fact]
    public void FactsOfATensor()
    {
        using var t = zeros(2, 3, float64);
        Assert.Equal([2, 3], t.shape);
        Assert.Equal([3, 1], t.stride());
        Assert.Equal(2, t.dim());
        Assert.Equal(6, t.numel());
        Assert.Equal(3, t.size(-1));
        Assert.Equal(float64, t.dtype);
        Assert.Equal(8, t.element_size());
        Assert.Equal(DeviceType.CPU, t.device_type);
        Assert.Equal("cpu", t.device.ToString());
        Assert.True(t.is_contiguous());
        Assert.False(t.IsInvalid);
        using var turned = t.t();
        Assert.False(turned.is_contiguous());
    }

    [Fact]
    public void ViewsShareMemory()
    {
        using var scope = NewDisposeScope();
        var t = Counting(2, 3);
        t.view(3, 2)[0, 0] = 7;
        t.transpose(0, 1)[2, 1] = 9;
        t.alias()[1, 0] = 8;
        Check.Equal(t, [2, 3], 7L, 1, 2, 8, 4, 9);
        Check.Equal(t.permute(1, 0).contiguous(), [3, 2], 7L, 8, 1, 4, 2, 9);
        Check.Equal(t.flatten(), [6], 7L, 1, 2, 8, 4, 9);
    }

    [Fact]
    public void ShapesChange()
    {
        using var scope = NewDisposeScope();
        var t = Counting(1, 2, 1, 3);
        Assert.Equal([2, 3], t.squeeze().shape);
        Assert.Equal([2, 1, 3], t.squeeze(0).shape);
        Assert.Equal([1, 1, 2, 1, 3], t.unsqueeze(0).shape);
        Assert.Equal([1, 2, 3], t.flatten(2).shape);
        Assert.Equal([1, 2, 1, 3, 1], t.unflatten(3, 3, 1).shape);
        Assert.Equal([4, 2, 5, 3], t.expand(4, 2, 5, 3).shape);
        Assert.Equal([2, 4, 1, 3], t.repeat(2, 2, 1, 1).shape);
        Assert.Equal([3, 1, 2, 1], t.permute(3, 0, 1, 2).shape);
        Assert.Equal([2, 1, 3, 1], t.movedim([0], [3]).shape);
        Assert.Equal([6, 1], t.reshape(-1, 1).shape);
        Check.Equal(Counting(3).flip(0), [3], 2L, 1, 0);
        Check.Equal(Counting(4).roll(1), [4], 3L, 0, 1, 2);
        Check.Equal(Counting(2).repeat_interleave(2), [4], 0L, 0, 1, 1);
    }

    [Fact]
    public void JoiningAndSplitting()
    {
        using var scope = NewDisposeScope();
        var t = Counting(2, 3);
        Check.Equal(cat([t, t], 1), [2, 6], 0L, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5);
        Check.Equal(stack([t[0], t[1]], 1), [3, 2], 0L, 3, 1, 4, 2, 5);
        Assert.Equal([[2, 2], [2, 1]], t.split(2, 1).Select(part => part.shape));
        Assert.Equal([[2, 1], [2, 2]], t.split([1L, 2L], 1).Select(part => part.shape));
        Assert.Equal(3, t.unbind(1).Length);
        Check.Equal(t.chunk(2)[1], [1, 3], 3L, 4, 5);
        Check.Equal(where(t > 2, t, -t), [2, 3], 0L, -1, -2, 3, 4, 5);
        Check.Equal(meshgrid([Counting(2), Counting(2)])[0], [2, 2], 0L, 0, 1, 1);
    }

    [Fact]
    public void IndexingAsInPython()
    {
        using var scope = NewDisposeScope();
        var t = Counting(3, 4);
        Check.Equal(t[1], [4], 4L, 5, 6, 7);
        Check.Equal(t[-1, -1], [], 11L);
        Check.Equal(t[1..], [2, 4], 4L, 5, 6, 7, 8, 9, 10, 11);
        Check.Equal(t[.., ^1], [3], 3L, 7, 11);
        Check.Equal(t[.., 1..3], [3, 2], 1L, 2, 5, 6, 9, 10);
        Check.Equal(t[TensorIndex.Slice(step: 2), 0], [2], 0L, 8);
        Check.Equal(t[TensorIndex.Ellipsis, 0], [3], 0L, 4, 8);
        Assert.Equal([3, 1, 4], t[TensorIndex.Colon, TensorIndex.None].shape);
        Check.Equal(t[t > 8], [3], 9L, 10, 11);
        Check.Equal(t[TensorIndex.Tensor(tensor(new long[] { 2, 0 })), 1], [2], 9L, 1);
        Check.Equal(t[1, TensorIndex.Tensor(tensor(new long[] { 3, 3, 0 }))], [3], 7L, 7, 4);
        Check.Equal(t[TensorIndex.Colon, TensorIndex.Tensor(tensor(new long[] { 0, 2 }))], [3, 2], 0L, 2, 4, 6, 8, 10);
        Assert.Throws<ArgumentException>(() => t[TensorIndex.Colon, TensorIndex.Colon, 0]);
    }

    [Fact]
    public void AssigningThroughIndices()
    {
        using var scope = NewDisposeScope();
        var t = zeros(2, 3);
        t[0, 1] = 5;
        t[1] = tensor(new float[] { 1, 2, 3 });
        Check.Equal(t, [2, 3], 0f, 5, 0, 1, 2, 3);
        t[TensorIndex.Colon, 2..] = 9;
        Check.Equal(t, [2, 3], 0f, 5, 9, 1, 2, 9);
        t[t > 4] = -1;
        Check.Equal(t, [2, 3], 0f, -1, -1, 1, 2, -1);
        t.index_put_(tensor(7f), TensorIndex.Tensor(tensor(new long[] { 0, 1 })), 0);
        Check.Equal(t, [2, 3], 7f, -1, -1, 7, 2, -1);
    }

    [Fact]
    public void GatheringAndScattering()
    {
        using var scope = NewDisposeScope();
        var t = Counting(2, 3);
        var places = tensor(new long[,] { { 2 }, { 0 } });
        Check.Equal(t.gather(1, places), [2, 1], 2L, 3);
        Check.Equal(zeros_like(t).scatter_(1, places, ones_like(places)), [2, 3], 0L, 0, 1, 1, 0, 0);
        Check.Equal(t.index_select(1, tensor(new long[] { 2, 1 })), [2, 2], 2L, 1, 5, 4);
        Check.Equal(t.masked_fill(t > 3, 0), [2, 3], 0L, 1, 2, 3, 0, 0);
        Check.Equal(nn.functional.one_hot(tensor(new long[] { 1, 0 }), 3), [2, 3], 0L, 1, 0, 1, 0, 0);
    }

    [Fact]
    public void Converting()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[] { 1.7, -1.7 });
        Check.Equal(t.to(int32), [2], 1, -1);
        Check.Equal(t.@float(), [2], 1.7f, -1.7f);
        Check.Equal(t.@bool(), [2], true, true);
        Assert.Equal(float16, t.half().dtype);
        var same = t.to(float64);
        Assert.False(ReferenceEquals(t, same));
        same[0] = 3.0;
        Assert.Equal(3, t[0].item<double>());
        t.to(float64, copy: true)[0] = 4.0;
        Assert.Equal(3, t[0].item<double>());
    }
}
