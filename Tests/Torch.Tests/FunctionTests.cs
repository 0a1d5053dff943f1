using System.Runtime.InteropServices;
using static TorchSharp.torch.autograd;

namespace Dlm.Torch.Tests;

/// <summary>Operations with gradients of their own.</summary>
public class FunctionTests
{
    [Fact]
    public void ItsBackwardIsTheGradient()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new float[] { 1, 2 }, requires_grad: true);
        var y = Tripled.apply(x * 2, 5L);
        Check.Equal(y, [2], 6f, 12);
        y.sum().backward();
        // Ten times what it should be, to see that it is not libtorch's.
        Check.Equal(x.grad!, [2], 60f, 60);
    }

    [Fact]
    public void WithoutGradientsItIsAPlainCall()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        Assert.False(Tripled.apply(ones(2, requires_grad: true), 1L).requires_grad);
    }

    [Fact]
    public void SeveralInputsAndOutputsKeepTheirPlaces()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (tensor(2f, requires_grad: true), tensor(5f, requires_grad: true));
        var results = ProductAndSum.apply(a, null!, "text", b);
        Assert.Equal(10, results[0].item<float>());
        Assert.Equal(7, results[1].item<float>());
        // The sum has no gradient here, so that backward gets zeros for it.
        results[0].backward();
        Assert.Equal(5, a.grad!.item<float>());
        Assert.Equal(2, b.grad!.item<float>());
    }

    [Fact]
    public void AnExceptionInForwardIsThrownAsItIs()
    {
        using var scope = NewDisposeScope();
        Assert.Equal("no", Assert.Throws<NotSupportedException>(() => Failing.apply(ones(1, requires_grad: true), true)).Message);
    }

    [Fact]
    public void AnExceptionInBackwardReachesTheCaller()
    {
        using var scope = NewDisposeScope();
        var y = Failing.apply(ones(1, requires_grad: true), false);
        Assert.Contains("Failing: not now", Assert.Throws<ExternalException>(() => y.backward()).Message);
    }

    [Fact]
    public void AWrongNumberOfGradientsIsRefused()
    {
        using var scope = NewDisposeScope();
        var y = TooFew.apply(ones(1, requires_grad: true), ones(1, requires_grad: true));
        Assert.Contains("TooFew returned 1 gradients for 2 arguments", Assert.Throws<ExternalException>(() => y.backward()).Message);
    }

    [Fact]
    public void WhatItKeepsEndsWithTheGraph()
    {
        var held = Call();
        for (var i = 0; i < 10 && held.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.False(held.IsAlive);

        static WeakReference Call()
        {
            using var scope = NewDisposeScope();
            var data = new object();
            Keeping.apply(ones(1, requires_grad: true), data).backward();
            return new WeakReference(data);
        }
    }

    private sealed class Tripled : SingleTensorFunction<Tripled>
    {
        public override string Name => nameof(Tripled);

        public override Tensor forward(AutogradContext ctx, params object[] vars)
        {
            Assert.False(is_grad_enabled());
            var x = (Tensor)vars[0];
            ctx.save_for_backward([x, null!]);
            ctx.save_data("factor", (long)vars[1]);
            return x * 3;
        }

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
        {
            Assert.Equal(2, ctx.get_saved_variables().Count);
            Assert.Null(ctx.get_saved_variables()[1]);
            Assert.Null(ctx.get_data("nothing"));
            return [grad_output * (6 * (long)ctx.get_data("factor")), null!];
        }
    }

    private sealed class ProductAndSum : MultiTensorFunction<ProductAndSum>
    {
        public override string Name => nameof(ProductAndSum);

        public override List<Tensor> forward(AutogradContext ctx, params object[] vars)
        {
            var (a, b) = ((Tensor)vars[0], (Tensor)vars[3]);
            ctx.save_for_backward([a, b]);
            return [a * b, a + b];
        }

        public override List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs)
        {
            var saved = ctx.get_saved_variables();
            Assert.Equal(0, grad_outputs[1].item<float>());
            return [grad_outputs[0] * saved[1] + grad_outputs[1], null!, null!, grad_outputs[0] * saved[0] + grad_outputs[1]];
        }
    }

    private sealed class Failing : SingleTensorFunction<Failing>
    {
        public override string Name => nameof(Failing);

        public override Tensor forward(AutogradContext ctx, params object[] vars) =>
            (bool)vars[1] ? throw new NotSupportedException("no") : (Tensor)vars[0] * 1;

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) => throw new NotSupportedException("not now");
    }

    private sealed class TooFew : SingleTensorFunction<TooFew>
    {
        public override string Name => nameof(TooFew);

        public override Tensor forward(AutogradContext ctx, params object[] vars) => (Tensor)vars[0] + (Tensor)vars[1];

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) => [grad_output];
    }

    private sealed class Keeping : SingleTensorFunction<Keeping>
    {
        public override string Name => nameof(Keeping);

        public override Tensor forward(AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("object", vars[1]);
            return (Tensor)vars[0] * 1;
        }

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) => [grad_output, null!];
    }
}
