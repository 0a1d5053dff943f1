using static TorchSharp.torch;

namespace Dlm.Runtime.Training;

/// <summary>Puts networks into evaluation mode until it is disposed; then every module is again in the mode it was in.</summary>
/// <remarks>Module by module, because parts of a network may be kept in evaluation mode on purpose, as frozen batch norms are.</remarks>
internal sealed class NetworkModes : IDisposable
{
    private readonly List<(nn.Module Module, bool Training)> _modes;

    public NetworkModes(Objective objective)
    {
        // Parents come before their children, so setting the modes in this order ends with each module's own.
        _modes = [.. objective.Networks.SelectMany(n => n.Network.modules().Prepend(n.Network)).Select(module => (module, module.training))];
        foreach ((_, nn.Module network) in objective.Networks) network.eval();
    }

    public void Dispose()
    {
        foreach ((nn.Module module, bool training) in _modes) module.train(training);
    }
}
