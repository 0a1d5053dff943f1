using System.Numerics;

namespace Dlm.Torch.Tests;

public class DataTests
{
    [Fact]
    public void TensorsOfArraysAreCopies()
    {
        using var scope = NewDisposeScope();
        float[,] source = { { 1, 2, 3 }, { 4, 5, 6 } };
        var t = tensor(source);
        source[0, 0] = 9;
        Check.Equal(t, [2, 3], 1f, 2, 3, 4, 5, 6);
        Check.Equal(tensor(new[] { 1f, 2, 3, 4 }, [2, 2]), [2, 2], 1f, 2, 3, 4);
        Check.Equal(tensor(new List<long> { 1, 2 }), [2], 1L, 2);
        Check.Equal(tensor(new[] { 1, 2 }, int64), [2], 1L, 2);
        Check.Equal(tensor(new[] { true, false }), [2], true, false);
        Check.Equal(tensor(new byte[] { 1, 255 }), [2], (byte)1, (byte)255);
        Check.Equal(tensor(new Half[] { (Half)0.5 }), [1], (Half)0.5);
        Check.Equal(tensor(new Complex[] { new(1, 2) }), [1], new Complex(1, 2));
        Check.Equal(tensor(new int[,,] { { { 1 }, { 2 } } }), [1, 2, 1], 1, 2);
        Check.Equal(tensor(new Memory<float>([1, 2, 3, 4]), [2, 2]), [2, 2], 1f, 2, 3, 4);
        Assert.Throws<ArgumentException>(() => tensor(new[] { 1f, 2 }, [3]));
    }

    [Fact]
    public void TensorsOverArraysShareTheirMemory()
    {
        using var scope = NewDisposeScope();
        float[] source = [1, 2, 3, 4];
        var t = from_array(source);
        var tail = frombuffer(source, float32, 2, 2);
        source[3] = 9;
        t[0] = 5;
        Check.Equal(t, [4], 5f, 2, 3, 9);
        Check.Equal(tail, [2], 3f, 9);
        Assert.Equal(5, source[0]);
        Check.Equal(as_tensor(new double[] { 1 }, float32), [1], 1f);
        GC.Collect();
        Check.Equal(t, [4], 5f, 2, 3, 9);
    }

    [Fact]
    public void FactoriesFill()
    {
        using var scope = NewDisposeScope();
        Check.Equal(zeros(2), [2], 0f, 0);
        Check.Equal(ones([1, 2], int64), [1, 2], 1L, 1);
        Check.Equal(full(2, 1, 0.5), [2, 1], 0.5f, 0.5f);
        Check.Equal(arange(3), [3], 0L, 1, 2);
        Check.Equal(arange(0, 1, 0.5), [2], 0f, 0.5f);
        Check.Equal(arange(1, 4, int32), [3], 1, 2, 3);
        Check.Equal(eye(2), [2, 2], 1f, 0, 0, 1);
        Check.Close(linspace(0, 1, 3), [3], 0, 0.5, 1);
        Check.Equal(tensor(3), [], 3);
        Check.Equal(tensor(3L, float32), [], 3f);
        Assert.Equal([0, 3], empty(0, 3).shape);
        Assert.True(ones(1, requires_grad: true).requires_grad);
        Assert.Equal(float64, ones_like(zeros(1), float64).dtype);
        Assert.Throws<NotSupportedException>(() => zeros([1], names: ["N"]));
    }

    [Fact]
    public void ReadingElements()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new float[,] { { 1, 2 }, { 3, 4 } });
        Assert.Equal(4, t[1, 1].item<float>());
        Assert.Equal(4f, (float)t[1, 1]);
        Assert.Equal(3, t.ReadCpuSingle(2));
        Assert.Equal(3, t.bfloat16().ReadCpuBFloat16(2));
        Assert.Equal(3, t.half().ReadCpuFloat16(2));
        Assert.Equal(4, t.t().data<float>()[1, 1]);
        Assert.Equal([1f, 3, 2, 4], t.t().data<float>().ToArray());
        Assert.Equal([1f, 3, 2, 4], t.t().data<float>());
        Assert.Equal(new float[,] { { 1, 3 }, { 2, 4 } }, t.t().data<float>().ToNDArray());
        Assert.Equal(16, t.bytes.Length);
        Assert.Equal(2.5, t.mean().ToDouble());
        Assert.Throws<ArgumentException>(() => t.item<float>());
        Assert.Throws<ArgumentException>(() => t[0, 0].item<double>());
        Assert.Throws<ArgumentException>(() => t.data<int>());
        Assert.Throws<IndexOutOfRangeException>(() => t.data<float>()[4]);
        Assert.Throws<IndexOutOfRangeException>(() => t.ReadCpuSingle(-1));
    }

    [Fact]
    public void WritingElements()
    {
        using var t = zeros(2, 2);
        using (var data = t.data<float>())
        {
            data[0, 1] = 5;
            data[3] = 7;
            Check.Equal(t, [2, 2], 0f, 5, 0, 7);
            data.CopyFrom([1, 2, 3, 4]);
        }
        Check.Equal(t, [2, 2], 1f, 2, 3, 4);
        t.bytes = new byte[16];
        Check.Equal(t, [2, 2], 0f, 0, 0, 0);
    }

    [Fact]
    public void SavedAndLoaded()
    {
        using var scope = NewDisposeScope();
        foreach (var t in new[] { tensor(new float[,] { { 1, 2, 300 } }), tensor(new long[] { -1 }), tensor(true), empty(0, 2) })
        {
            using var stream = new MemoryStream();
            t.Save(stream);
            stream.Position = 0;
            using var reader = new BinaryReader(stream);
            var loaded = TensorExtensionMethods.Load(reader);
            Assert.Equal(t.dtype, loaded.dtype);
            Assert.Equal(t.shape, loaded.shape);
            Assert.True(t.Equals(loaded));
            Assert.Equal(stream.Length, stream.Position);
        }
    }

    [Fact]
    public void NumbersConvert()
    {
        Scalar number = 3;
        Assert.Equal(ScalarType.Int32, number.Type);
        Assert.Equal(3.0, number.ToDouble());
        Assert.Equal(long.MaxValue, ((Scalar)long.MaxValue).ToInt64());
        Assert.True(((Scalar)true).ToBoolean());
        Assert.Equal(2, ((Scalar)2.9).ToInt32());
        using var big = tensor(long.MaxValue);
        Assert.Equal(long.MaxValue, big.ToInt64());
    }

    [Fact]
    public void DevicesByName()
    {
        Assert.Equal("cuda:1", new Device("cuda:1").ToString());
        Assert.Equal(0, new Device("cuda").index);
        Assert.Equal(DeviceType.CPU, ((Device)"cpu").type);
        Assert.Throws<ArgumentException>(() => new Device("gpu"));
        if (!cuda.is_available())
            Assert.Throws<InvalidOperationException>(() => zeros(1, device: CUDA));
    }
}
