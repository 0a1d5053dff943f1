using Dlm.Runtime.Data;

namespace Dlm.Runtime.Tests.Data;

public sealed class RandomStreamTests
{
    [Fact]
    public void The_sequence_never_changes()
    {
        RandomStream random = new(42, 7);

        Assert.Equal([random.NextUInt64(), random.NextUInt64()], (ulong[])[7489523284250796014, 1894140515282333270]);
    }

    [Fact]
    public void The_state_is_the_whole_memory()
    {
        RandomStream first = new(1), second = new(2);
        first.NextUInt64();

        second.State = first.State;

        Assert.Equal(first.NextUInt64(), second.NextUInt64());
        Assert.Throws<FormatException>(() => second.State = "xyz");
    }

    [Fact]
    public void Numbers_have_the_moments_they_should()
    {
        RandomStream random = new(3);
        double[] flat = [.. Enumerable.Range(0, 20000).Select(_ => random.NextDouble())];
        double[] normal = [.. Enumerable.Range(0, 20000).Select(_ => random.NextNormal())];

        Assert.InRange(flat.Min(), 0, 0.001);
        Assert.InRange(flat.Max(), 0.999, 1);
        Assert.InRange(flat.Average(), 0.49, 0.51);
        Assert.InRange(normal.Average(), -0.03, 0.03);
        Assert.InRange(normal.Average(x => x * x), 0.96, 1.04);
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(random.NextInt64(7), 0, 6));
    }
}
