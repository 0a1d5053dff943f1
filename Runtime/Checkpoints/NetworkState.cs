using Dlm.Runtime.Optimizers.Flat;
using static TorchSharp.torch;

namespace Dlm.Runtime.Checkpoints;

/// <summary>A network's parameters and buffers in a checkpoint.</summary>
public static class NetworkState
{
    /// <summary>Adds the parameters and buffers of <paramref name="network"/>.</summary>
    /// <param name="state">Where to.</param>
    /// <param name="network">The network.</param>
    /// <param name="name">Leads the keys, with a dot; none for a single network.</param>
    public static void Save(CheckpointState state, nn.Module network, string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(network);
        foreach ((string key, Tensor tensor) in network.state_dict())
        {
            using Tensor? finer = FlatParameters.FinerValues(tensor); // a checkpoint is the same in any precision
            state.Add(Key(name, key), finer ?? tensor);
        }
    }

    /// <summary>Copies parameters and buffers into <paramref name="network"/>, in place.</summary>
    /// <exception cref="CheckpointException">The checkpoint lacks one, has one too many, or one of another shape.</exception>
    public static void Load(CheckpointState state, nn.Module network, string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(network);
        Dictionary<string, Tensor> own = network.state_dict().ToDictionary(pair => Key(name, pair.Key), pair => pair.Value);
        string? foreign = state.Tensors.Keys.FirstOrDefault(key => !key.Contains('/') && key.StartsWith(Key(name, ""), StringComparison.Ordinal) && !own.ContainsKey(key));
        if (foreign is not null) throw state.Error($"it holds '{foreign}', which the network has not", "It was written for another network; start afresh or rebuild that one.");
        foreach ((string key, Tensor tensor) in own)
        {
            using Tensor? finer = FlatParameters.FinerValues(tensor);
            state.CopyTo(key, finer ?? tensor);
            FlatParameters.RoundFinerValues(tensor);
        }
    }

    private static string Key(string name, string key) => name.Length == 0 ? key : $"{name}.{key}";
}
