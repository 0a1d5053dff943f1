using Dlm.Runtime.Keys;
using static TorchSharp.torch;

namespace Dlm.Runtime.FineTuning;

/// <summary>
/// A network as far as one of its modules: what that module says is the answer, what comes after does not matter. For a head of
/// another kind, for comparing pictures, or for looking inside.
/// </summary>
/// <remarks>The network runs to its end for each batch; what the module said is copied, since what follows may overwrite it.</remarks>
public sealed class FeatureExtractor : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly Action _stopWatching;
    private Tensor? _features;

    /// <summary>Watches a module of a network.</summary>
    /// <param name="network">The network; it stays the caller's.</param>
    /// <param name="module">The module's name, as it leads the keys of its parameters: <c>layer3</c>, <c>features.8</c>.</param>
    /// <exception cref="ArgumentException">There is no module of this name, or not one from a tensor to a tensor.</exception>
    public FeatureExtractor(nn.Module<Tensor, Tensor> network, string module)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(module);
        _network = network;
        (string name, nn.Module module)[] named = [.. network.named_modules()];
        nn.Module found = Array.Find(named, entry => entry.name == module).module
            ?? throw new ArgumentException($"The network has no module '{module}'.{NearMiss.DidYouMean(module, named.Select(entry => entry.name))}", nameof(module));
        if (found is not nn.Module<Tensor, Tensor> watched) throw new ArgumentException($"'{module}' is not a module that makes one tensor of one.", nameof(module));
        _stopWatching = watched.register_forward_hook((_, _, output) =>
        {
            _features?.Dispose();
            _features = output.clone().DetachFromDisposeScope();
            return output;
        }).remove;
    }

    /// <summary>What the module says when the network is given <paramref name="input"/>. Gradients are recorded where they are asked for; the network's mode is its own.</summary>
    /// <param name="input">What the network takes.</param>
    /// <returns>The module's output; the caller disposes it.</returns>
    public Tensor Call(Tensor input)
    {
        using (_network.call(input))
        {
            using Tensor features = _features ?? throw new InvalidOperationException("The network did not call the module.");
            _features = null;
            return features.alias(); // made here, so that it belongs to the caller's scope
        }
    }

    /// <summary>Watches no longer.</summary>
    public void Dispose()
    {
        _stopWatching();
        _features?.Dispose();
    }
}
