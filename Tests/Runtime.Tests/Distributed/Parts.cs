using Dlm.Runtime.Distributed;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Distributed;

/// <summary>What ranks can be told to do. A rank writes what the test then compares.</summary>
internal static class Parts
{
    public static IReadOnlyDictionary<string, Action<ProcessGroup, string[]>> All { get; } = new Dictionary<string, Action<ProcessGroup, string[]>>
    {
        ["collectives"] = (group, _) => Collectives(group),
        ["failure"] = (group, _) => Failure(group),
    };

    private static void Collectives(ProcessGroup group)
    {
        foreach (Reduction reduction in Enum.GetValues<Reduction>())
        {
            using Tensor mine = tensor([1.0, group.Rank, -group.Rank]);
            group.AllReduce(mine, reduction);
            Write($"{reduction}", mine);
        }

        Tensor[] mixed =
        [
            arange(3, dtype: ScalarType.Int64) + group.Rank, full([2, 2], 0.5f + group.Rank), tensor([group.Rank == 0, group.Rank == 1]), zeros([0]),
            full([], 1.5 + group.Rank).to(ScalarType.BFloat16), arange(6, dtype: ScalarType.Float64).reshape(2, 3).t() * (1 + group.Rank),
        ];
        group.Broadcast(mixed, root: 1);
        foreach (Tensor tensor in mixed) Write("broadcast", tensor.to(ScalarType.Float64));
        Write("gathered", group.AllGather(full([2], group.Rank + 1L)));
        group.Barrier();
        Console.WriteLine($"{group.Rank} of {group.Size}, {group.LocalRank} here, {(group.IsFirst ? "first" : "not first")}");
    }

    private static void Failure(ProcessGroup group)
    {
        if (group.Rank == 1)
        {
            group.Announce(new InvalidOperationException("the dog ate the data"));
            return;
        }

        group.Barrier();
    }

    private static void Write(string what, Tensor tensor) =>
        Console.WriteLine($"{what} [{string.Join(", ", tensor.shape)}] {string.Join(' ', tensor.to(ScalarType.Float64).contiguous().data<double>().ToArray())}");
}
