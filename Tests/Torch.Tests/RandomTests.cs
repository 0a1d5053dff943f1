namespace Dlm.Torch.Tests;

public class RandomTests
{
    [Fact]
    public void OneSeedGivesTheSameNumbers()
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        Assert.Equal(7, initial_seed());
        var first = randn(100);
        Assert.False(first.Equals(randn(100)));
        manual_seed(7);
        Assert.True(first.Equals(randn(100)));
    }

    [Fact]
    public void AStateIsSavedAndRestored()
    {
        using var scope = NewDisposeScope();
        var state = get_rng_state();
        var first = rand(10);
        set_rng_state(state);
        Assert.True(first.Equals(rand(10)));
    }

    [Fact]
    public void AGeneratorHasItsOwnNumbers()
    {
        using var scope = NewDisposeScope();
        using var own = new Generator(3);
        var first = randn(10, generator: own);
        manual_seed(0);
        var state = get_rng_state();
        var second = randn(10, generator: own);
        Assert.True(state.Equals(get_rng_state()));
        Assert.False(first.Equals(second));
        own.manual_seed(3);
        Assert.True(first.Equals(randn(10, generator: own)));
        Assert.Equal(3, own.initial_seed());
        var kept = own.get_state();
        var third = randperm(10, generator: own);
        own.set_state(kept);
        Assert.True(third.Equals(randperm(10, generator: own)));
    }

    [Fact]
    public void DrawsStayInTheirRange()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var whole = randint(2, 5, [1000]);
        Assert.Equal(int64, whole.dtype);
        Assert.Equal((2, 4), (whole.min().item<long>(), whole.max().item<long>()));
        var uniform = empty(1000).uniform_(-1, 3);
        Assert.True(uniform.min().item<float>() >= -1 && uniform.max().item<float>() < 3);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), randperm(50).data<long>().ToArray().Order());
        Assert.InRange(empty(10_000).normal_(5, 2).std().item<float>(), 1.9, 2.1);
        Assert.InRange(empty(10_000).bernoulli_(0.25).mean().item<float>(), 0.23, 0.27);
        Assert.Equal([4, 2], multinomial(ones(4, 3), 2).shape);
    }

    [Fact]
    public void InitialValues()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var t = empty(200, 100);
        Assert.InRange(nn.init.xavier_uniform_(t).abs().max().item<float>(), 0.13, Math.Sqrt(6.0 / 300));
        Assert.InRange(nn.init.kaiming_normal_(t, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU).std().item<float>(), 0.099, 0.101);
        Assert.InRange(nn.init.trunc_normal_(t, 0, 1, -0.5, 0.5).abs().max().item<float>(), 0.49, 0.5);
        var orthogonal = nn.init.orthogonal_(empty(3, 5));
        Assert.True(orthogonal.matmul(orthogonal.t()).allclose(eye(3), atol: 1e-6));
        Assert.Equal(1, nn.init.ones_(t).min().item<float>());
        Assert.Equal((8L * 9, 4L * 9), nn.init.CalculateFanInAndFanOut(empty(4, 8, 3, 3)));
        Assert.Throws<ArgumentException>(() => nn.init.kaiming_uniform_(empty(3)));
    }

    [Fact]
    public void ThreadsAreCounted()
    {
        var before = get_num_threads();
        set_num_threads(1);
        Assert.Equal(1, get_num_threads());
        set_num_threads(before);
        Assert.Equal(before, get_num_threads());
        Assert.True(get_num_interop_threads() >= 1);
    }
}
