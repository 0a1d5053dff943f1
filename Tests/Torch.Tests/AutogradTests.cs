using System.Runtime.InteropServices;

namespace Dlm.Torch.Tests;

public class AutogradTests
{
    [Fact]
    public void BackwardFillsGradients()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new float[] { 1, 2, 3 }, requires_grad: true);
        var y = (x * x).sum();
        Assert.True(y.requires_grad);
        Assert.True(x.is_leaf);
        Assert.False(y.is_leaf);
        Assert.Null(x.grad);
        y.backward();
        Check.Equal(x.grad!, [3], 2f, 4, 6);
        (x * 2).sum().backward();
        Check.Equal(x.grad!, [3], 4f, 6, 8);
        x.grad = null;
        Assert.Null(x.grad);
        x.grad = ones(3);
        Check.Equal(x.grad!, [3], 1f, 1, 1);
    }

    [Fact]
    public void BackwardFromAVectorTakesItsGradient()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        Assert.Contains("grad can be implicitly created only for scalar outputs", Assert.Throws<ExternalException>(() => (x * 3).backward()).Message);
        (x * 3).backward(grad_tensors: [tensor(new float[] { 1, 10 })]);
        Check.Equal(x.grad!, [2], 3f, 30);
    }

    [Fact]
    public void AGraphServesOnceUnlessItIsRetained()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var y = (x * x).sum();
        y.backward(retain_graph: true);
        y.backward();
        Check.Equal(x.grad!, [2], 4f, 4);
        Assert.Contains("backward through the graph a second time", Assert.Throws<ExternalException>(y.backward).Message);
    }

    [Fact]
    public void GradientsOfGradients()
    {
        using var scope = NewDisposeScope();
        var x = tensor(3f, requires_grad: true);
        var y = x.pow(3);
        var first = autograd.grad([y], [x], create_graph: true)[0];
        Assert.Equal(27, first.item<float>());
        var second = autograd.grad([first], [x])[0];
        Assert.Equal(18, second.item<float>());
        Assert.Null(x.grad);
        var other = ones(1, requires_grad: true);
        Assert.Null(autograd.grad([x * 2], [x, other], allow_unused: true)[1]);
        Assert.Throws<ExternalException>(() => autograd.grad([x * 2], [other]));
    }

    [Fact]
    public void NothingIsRecordedWithoutGradients()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
                Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
        }
        using (set_grad_enabled(false))
            Assert.False(is_grad_enabled());
        Assert.True(is_grad_enabled());
        Assert.False((x * 2).detach().requires_grad);
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
        }
        Assert.False(is_inference_mode_enabled());
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void ALeafMustNotBeChangedWhileRecorded()
    {
        using var x = ones(2, requires_grad: true);
        Assert.Contains("leaf Variable that requires grad", Assert.Throws<ExternalException>(() => x.add_(1)).Message);
        using (no_grad())
            x.add_(1);
        Check.Equal(x, [2], 2f, 2);
    }

    [Fact]
    public void RetainedGradientsOfInnerTensors()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var y = x * 3;
        y.retain_grad();
        (y * y).sum().backward();
        Check.Equal(y.grad!, [2], 6f, 6);
        Check.Equal(x.grad!, [2], 18f, 18);
    }
}
