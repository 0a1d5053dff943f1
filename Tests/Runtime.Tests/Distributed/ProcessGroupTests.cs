using Dlm.Runtime.Distributed;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Distributed;

public sealed class ProcessGroupTests
{
    [Fact]
    public async Task Collectives_leave_the_same_everywhere()
    {
        using Ranks ranks = Ranks.Start(2, "collectives");

        string[] outputs = await ranks.Outputs();

        string[] common =
        [
            "Sum [3] 2 1 -1", "Max [3] 1 1 0", "Min [3] 1 0 -1",
            "broadcast [3] 1 2 3", "broadcast [2, 2] 1.5 1.5 1.5 1.5", "broadcast [2] 0 1", "broadcast [0] ", "broadcast [] 2.5", "broadcast [3, 2] 0 6 2 8 4 10",
            "gathered [2, 2] 1 1 2 2",
        ];
        Assert.Equal([.. common, "0 of 2, 0 here, first"], outputs[0].Split('\n'));
        Assert.Equal([.. common, "1 of 2, 1 here, not first"], outputs[1].Split('\n'));
    }

    [Fact]
    public async Task What_one_announces_ends_the_others_in_silence()
    {
        using Ranks ranks = Ranks.Start(2, "failure");

        var ends = await ranks.End();

        Assert.Equal((1, ""), (ends[0].Status, ends[0].Error));
    }

    [Fact]
    public void One_process_is_a_group_that_needs_nothing()
    {
        using ProcessGroup group = ProcessGroup.Meet(0, 1, "nowhere", 1);
        using Tensor mine = ones([2]);

        group.AllReduce(mine);
        group.Broadcast([mine]);
        group.Barrier();

        using Tensor all = group.AllGather(mine);
        Assert.Equal([1, 2], all.shape);
        Assert.Equal((0, 1, true), (group.Rank, group.Size, group.IsFirst));
    }

    [Fact]
    public void Who_waits_in_vain_says_where()
    {
        Assert.SkipWhen(ProcessGroup.WhyMissing is not null, $"no groups of processes: {ProcessGroup.WhyMissing}");
        int port = Ranks.FreePort();

        var error = Assert.Throws<DistributedException>(() => ProcessGroup.Meet(1, 2, "127.0.0.1", port, TimeSpan.FromSeconds(1)));

        Assert.StartsWith($"Process 1 of 2 did not meet the others at 127.0.0.1:{port} within 1 s (", error.Message, StringComparison.Ordinal);
    }
}
