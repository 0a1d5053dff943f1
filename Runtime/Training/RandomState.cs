using System.Globalization;
using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Distributed;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Runtime.Training;

/// <summary>The state of torch's random numbers in a checkpoint: one for each process, which draw dropout masks of their own.</summary>
internal static class RandomState
{
    /// <summary>Lets processes draw different numbers, whatever seed they share.</summary>
    public static void Part(ProcessGroup? group)
    {
        if (group is { Rank: > 0 }) torch.manual_seed(unchecked(torch.initial_seed() + group.Rank));
    }

    /// <summary>Writes the states of all processes.</summary>
    public static void Save(CheckpointState state, ProcessGroup? group)
    {
        using Tensor mine = torch.random.get_rng_state();
        if (group is null)
        {
            state.Add(Key(0), mine);
            return;
        }

        using Tensor all = group.AllGather(mine);
        for (int rank = 0; rank < group.Size; rank++)
        {
            using Tensor one = all.select(0, rank);
            state.Add(Key(rank), one);
        }
    }

    /// <summary>Takes up this process's state; one that the checkpoint does not know begins afresh.</summary>
    public static void Load(CheckpointState state, ProcessGroup? group)
    {
        int rank = group?.Rank ?? 0;
        bool known = state.Has(Key(rank));
        torch.random.set_rng_state(state.Tensor(Key(known ? rank : 0)));
        if (!known) Part(group);
    }

    private static string Key(int rank) => rank == 0 ? "random/torch" : string.Create(CultureInfo.InvariantCulture, $"random/torch/{rank}");
}
