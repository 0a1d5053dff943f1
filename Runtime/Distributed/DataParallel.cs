using System.Security.Cryptography;
using System.Text;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Optimizers.Flat;
using static TorchSharp.torch;

namespace Dlm.Runtime.Distributed;

/// <summary>
/// While it lives, several processes train the same networks, each on data of its own: every step is made along the mean of their gradients,
/// so that the networks stay the same. A <c>Trainer</c> makes one by itself; this is for loops of your own.
/// </summary>
/// <remarks>
/// At the beginning all take over the parameters and buffers of the first process. From then on an optimizer's <c>Step</c> and
/// <c>ClipGradientNorm</c> average the gradients before anything else, and with <see cref="Backward"/> that is under way while the gradients of
/// earlier layers are still computed. A parameter that the loss reached in some processes only counts as zero in the others; one that it
/// reached nowhere is not stepped.
/// </remarks>
public sealed class DataParallel : IDisposable
{
    private readonly ProcessGroup _group;
    private readonly (string Name, nn.Module Network)[] _networks;
    private readonly Optimizer[] _optimizers;

    /// <summary>Begins to train one network with one optimizer.</summary>
    /// <inheritdoc cref="DataParallel(ProcessGroup, IEnumerable{ValueTuple{string, nn.Module}}, IEnumerable{Optimizer})"/>
    public DataParallel(ProcessGroup group, nn.Module network, Optimizer optimizer)
        : this(group, [("", network)], [optimizer])
    {
    }

    /// <summary>Begins to train networks.</summary>
    /// <param name="group">The processes.</param>
    /// <param name="networks">The networks by name, the same ones in every process.</param>
    /// <param name="optimizers">Their optimizers.</param>
    /// <exception cref="DistributedException">A process has other networks than the first one, or is gone.</exception>
    public DataParallel(ProcessGroup group, IEnumerable<(string Name, nn.Module Network)> networks, IEnumerable<Optimizer> optimizers)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(optimizers);
        (_group, _networks, _optimizers) = (group, [.. networks], [.. optimizers]);
        if (group.Size == 1) return;
        RequireSameEverywhere();
        BroadcastAll();
        foreach (Optimizer optimizer in _optimizers) optimizer.Reduction = new GradientReduction(group);
    }

    /// <summary>Computes the gradients of the last batch before the step; what other batches left is added to and averaged with it.</summary>
    /// <param name="loss">The loss of this process's batch, a mean over its samples.</param>
    /// <exception cref="DistributedException">Another process is gone, has failed, or did not come in time.</exception>
    public void Backward(Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        foreach (Optimizer optimizer in _optimizers) optimizer.BeginReduction();
        loss.backward();
    }

    /// <summary>Gives all processes the buffers of the first: the statistics of its batch norms.</summary>
    /// <exception cref="DistributedException">Another process is gone, has failed, or did not come in time.</exception>
    public void BroadcastBuffers() => _group.Broadcast(_networks.SelectMany(n => n.Network.buffers()));

    /// <summary>Every process goes its own way again.</summary>
    public void Dispose()
    {
        foreach (Optimizer optimizer in _optimizers)
        {
            optimizer.Reduction?.Dispose();
            optimizer.Reduction = null;
        }
    }

    private void BroadcastAll()
    {
        foreach (Optimizer optimizer in _optimizers) optimizer.Follow();
        _group.Broadcast(_networks.SelectMany(n => n.Network.parameters().Concat(n.Network.buffers())));

        // Parameters of 16 bits have finer values behind them.
        FlatParameters[] rounded = [.. _optimizers.SelectMany(optimizer => optimizer.Groups).SelectMany(same => same.Parts).Where(part => part.IsRounded)];
        _group.Broadcast(rounded.Select(part => part.Values));
    }

    private void RequireSameEverywhere()
    {
        string[] lines =
        [
            .. from n in _networks
               from parameter in n.Network.named_parameters()
               select $"{n.Name}/{parameter.name} {parameter.parameter.dtype} [{string.Join(", ", parameter.parameter.shape)}] {parameter.parameter.requires_grad}",
            .. from n in _networks
               from buffer in n.Network.named_buffers()
               select $"{n.Name}/{buffer.Item1} {buffer.Item2.dtype} [{string.Join(", ", buffer.Item2.shape)}]",
        ];
        using Tensor mine = tensor(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines)))), all = _group.AllGather(mine);
        byte[] hashes = all.data<byte>().ToArray();
        int[] others = [.. Enumerable.Range(1, _group.Size - 1).Where(rank => !hashes.AsSpan(rank * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes).SequenceEqual(hashes.AsSpan(0, SHA256.HashSizeInBytes)))];
        if (others.Length == 0) return;
        throw new DistributedException(
            $"Process {string.Join(" and ", others)} of {_group.Size} {(others.Length == 1 ? "has" : "have")} other networks than process 0: names, shapes, types or frozen parameters differ. All of them must build the same.")
        {
            SaidElsewhere = !_group.IsFirst,
        };
    }
}
