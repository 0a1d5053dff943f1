using System.Runtime.InteropServices;

namespace Dlm.Torch.Tests;

public class ErrorTests
{
    [Fact]
    public void LibtorchsMessageReachesTheCaller()
    {
        using var a = zeros(2, 3);
        using var b = zeros(4, 5);
        var error = Assert.Throws<ExternalException>(() => a.matmul(b));
        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", error.Message);
        Assert.Contains("must match the size of tensor b", Assert.Throws<ExternalException>(() => a + b).Message);
        Assert.Contains("out of range", Assert.Throws<ExternalException>(() => a.sum(5)).Message);
        Assert.Contains("is invalid for input of size 6", Assert.Throws<ExternalException>(() => a.view(4)).Message);
    }

    [Fact]
    public void AnErrorLeavesEverythingUsable()
    {
        using var a = zeros(2, 3);
        for (var i = 0; i < 100; i++)
            Assert.Throws<ExternalException>(() => a.matmul(a));
        using var sum = a.sum();
        Assert.Equal(0, sum.item<float>());
    }

    [Fact]
    public void ADisposedTensorThrows()
    {
        var a = ones(2);
        using var b = ones(2);
        a.Dispose();
        a.Dispose();
        Assert.True(a.IsInvalid);
        foreach (var use in new Action[]
        {
            () => a.add(b), () => b.add(a), () => a.add_(1), () => _ = a.shape, () => _ = a.dtype, () => a.backward(), () => a.data<float>(),
            () => cat([b, a]), () => _ = a.grad, () => b.grad = a, () => _ = a.Handle, () => a.sum(), () => _ = a[0], () => nn.Parameter(a),
            () => a.bytes.Clear(), () => _ = a.requires_grad, () => a.to(float64), () => _ = (float)a, () => b[0] = a,
        })
            Assert.Equal("Tensor invalid -- empty handle.", Assert.Throws<InvalidOperationException>(use).Message);
    }

    [Fact]
    public void AnAccessorOutlivesItsTensor()
    {
        var a = ones(2);
        var data = a.data<float>();
        a.Dispose();
        Assert.Equal([1f, 1], data.ToArray());
        data.Dispose();
        Assert.Throws<ObjectDisposedException>(() => data[0]);
        Assert.Throws<ObjectDisposedException>(() => data.ToArray());
    }

    [Fact]
    public void EveryOperatorIsLibtorchs()
    {
        // What later libtorchs have, and Torch/ composes where it is missing.
        string[] later = ["scaled_dot_product_attention"];
        var operators = typeof(Aten).GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)
            .Select(field => (field.Name, Op: (Op)field.GetValue(null)!)).ToList();
        Assert.True(operators.Count > 500);
        Assert.Empty(operators.Where(o => !o.Op.Exists && !later.Contains(o.Name)).Select(o => o.Op.Name));
    }

    [Fact]
    public void AMissingOperatorIsNamed()
    {
        using var a = ones(1);
        Assert.Equal("this libtorch has no operator aten::no_such.Tensor", Assert.Throws<ExternalException>(() => new Op("no_such.Tensor").Call(a)).Message);
        Assert.Contains("takes 2 arguments, not 3", Assert.Throws<ExternalException>(() => new Op("matmul").Call(a, a, a)).Message);
        Assert.Contains("needs argument 'other'", Assert.Throws<ExternalException>(() => new Op("matmul").Call(a)).Message);
    }
}
