using System.Runtime.CompilerServices;

namespace Dlm.Torch.Tests;

public class LifetimeTests
{
    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return LiveTensors;
    }

    [Fact]
    public void AHundredThousandOperationsLeaveNothingBehind()
    {
        using var a = ones(16, 16);
        using var b = ones(16, 16);
        void Work(int times)
        {
            for (var i = 0; i < times; i++)
            {
                using var sum = a + b;
                using var scaled = sum.mul(0.5);
                using var row = scaled[1..3];
                using var parts = NewDisposeScope();
                row.split([1L, 1L]);
            }
        }

        Work(2_000);
        var live = Live();
        var memory = Environment.WorkingSet;
        Work(25_000); // of four operators each
        Assert.Equal(live, LiveTensors);
        Assert.InRange(Environment.WorkingSet - memory, long.MinValue, 24L << 20);
    }

    [Fact]
    public void TrainingStepsLeaveNothingBehind()
    {
        using var model = nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 1));
        using var optimizer = optim.AdamW(model.parameters());
        using var x = ones(4, 8);
        void Step()
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            model.call(x).mean().backward();
            optimizer.step();
        }
        Step();
        var live = Live();
        for (var i = 0; i < 200; i++)
            Step();
        Assert.Equal(live, Live());
    }

    [Fact]
    public void WhatIsForgottenIsCollected()
    {
        var live = Live();
        Forget();
        Assert.Equal(live, Live());

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget()
        {
            var kept = Enumerable.Range(0, 100).Select(_ => ones(10)).ToList();
            Assert.Equal(100, kept.Count);
        }
    }

    [Fact]
    public void ArraysStayPinnedAsLongAsTensorsNeedThem()
    {
        var (part, array) = Make();
        GC.Collect();
        using (part)
            Check.Equal(part, [2], 2f, 3);
        part.Dispose();
        for (var i = 0; i < 10 && array.IsAlive; i++)
            Live();
        Assert.False(array.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (Tensor, WeakReference) Make()
        {
            float[] data = [1, 2, 3];
            using var whole = from_array(data);
            return (whole[1..], new WeakReference(data));
        }
    }

    [Fact]
    public void AScopeDisposesOfWhatWasMadeInIt()
    {
        Tensor a, b, c, d;
        using (var outer = NewDisposeScope())
        {
            a = ones(1);
            using (var inner = NewDisposeScope())
            {
                Assert.Same(inner, CurrentDisposeScope);
                b = a + 1;
                c = (b + 1).MoveToOuterDisposeScope();
                d = (c + 1).DetachFromDisposeScope();
                Assert.Equal(1 + 0, inner.DisposablesView.Count(t => ReferenceEquals(t, b)));
                Assert.True(outer.Contains(c));
                Assert.False(outer.Contains(d));
            }
            Assert.Same(outer, CurrentDisposeScope);
            Assert.True(b.IsInvalid);
            Assert.False(a.IsInvalid || c.IsInvalid || d.IsInvalid);
        }
        Assert.Null(CurrentDisposeScope);
        Assert.True(a.IsInvalid && c.IsInvalid);
        Assert.Equal(4, d.item<float>());
        d.Dispose();
    }

    [Fact]
    public void ScopesKeepAndMove()
    {
        using var outer = NewDisposeScope();
        using var inner = NewDisposeScope();
        Tensor a = ones(1), b = ones(1), c = ones(1);
        Assert.Equal(3, inner.DisposablesCount);
        inner.DisposeEverythingBut(a, b);
        Assert.True(c.IsInvalid);
        inner.MoveToOuter(a);
        Assert.Equal(1, inner.DisposablesCount);
        inner.Detach(b);
        Assert.Equal(0, inner.DisposablesCount);
        inner.Attach(b);
        Assert.True(inner.Contains(b));
        b.MoveToOtherDisposeScope(a);
        Assert.True(outer.Contains(b));
        b.Dispose();
        Assert.False(outer.Contains(b));
        Assert.Same(a, inner.MoveToOther(inner, a));
    }

    [Fact]
    public void AScopeOfItsOwnForAnExpression()
    {
        var live = Live();
        using (var result = WrappedTensorDisposeScope(() => ones(2) + ones(2) * 3))
        {
            Assert.Equal(live + 1, LiveTensors);
            Check.Equal(result, [2], 4f, 4);
        }
    }

    [Fact]
    public void StatisticsCount()
    {
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        statistics.Reset();
        var outside = ones(1);
        Tensor kept;
        using (NewDisposeScope())
        {
            ones(1).Dispose();
            ones(1);
            kept = ones(1).DetachFromDisposeScope();
        }
        Assert.Equal(1, statistics.CreatedOutsideScopeCount);
        Assert.Equal(3, statistics.CreatedInScopeCount);
        Assert.Equal(2, statistics.DisposedInScopeCount);
        Assert.Equal(1, statistics.DetachedFromScopeCount);
        Assert.Equal(2, statistics.ThreadTotalLiveCount);
        outside.Dispose();
        kept.Dispose();
        Assert.Equal(2, statistics.DisposedOutsideScopeCount);
        Assert.Equal(0, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void ScopesAreAThreadsOwn()
    {
        using var scope = NewDisposeScope();
        Tensor? made = null;
        var thread = new Thread(() =>
        {
            Assert.Null(CurrentDisposeScope);
            made = ones(1);
        });
        thread.Start();
        thread.Join();
        Assert.False(scope.Contains(made!));
        made!.Dispose();
    }

    [Fact]
    public void ManyThreadsWorkAtOnce()
    {
        var live = Live();
        var failures = new System.Collections.Concurrent.ConcurrentBag<string>();
        var threads = Enumerable.Range(0, 8).Select(number => new Thread(() =>
        {
            for (var i = 0; i < 300; i++)
            {
                using var scope = NewDisposeScope();
                using var guard = number % 2 == 0 ? no_grad() : enable_grad();
                var x = full([4], number).requires_grad_();
                var y = (x * x).sum();
                if (y.item<float>() != 4 * number * number || y.requires_grad != (number % 2 == 1))
                    failures.Add($"thread {number}");
                var error = Record.Exception(() => x.view(number + 100));
                if (error?.Message.Contains($"[{number + 100}]") != true)
                    failures.Add($"thread {number}: {error?.Message}");
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Empty(failures);
        Assert.Equal(live, Live());
    }
}
