using TorchSharp.Modules;

namespace Dlm.Runtime.Optimizers.Flat;

/// <summary>
/// A parameter group as an optimizer works on it: settings that may change from step to step, the parameters in flat
/// buffers, and the optimizer's state in buffers beside them.
/// </summary>
public sealed class FlatGroup : IDisposable
{
    private readonly ParameterGroup _source;
    private readonly IReadOnlyList<string> _stateNames;
    private List<FlatPart> _parts;

    internal FlatGroup(ParameterGroup source, IReadOnlyList<(string Name, Parameter Parameter)> parameters, IReadOnlyList<string> stateNames, double rate, double weightDecay)
    {
        (_source, _stateNames, Rate, WeightDecay) = (source, stateNames, rate, weightDecay);
        _parts = Lay(parameters);
    }

    /// <summary>The learning rate, before <see cref="Optimizer.RateFactor"/>.</summary>
    public double Rate { get; set; }

    /// <summary>The weight decay.</summary>
    public double WeightDecay { get; set; }

    /// <summary>The parameters: one buffer for each type and device among them, so usually one.</summary>
    public IReadOnlyList<FlatParameters> Parts => [.. _parts.Select(part => part.Parameters)];

    /// <summary>The same with the optimizer's buffers.</summary>
    internal IReadOnlyList<FlatPart> WithState => _parts;

    /// <summary>Lays the parameters out anew where their module has replaced them, and takes the state along.</summary>
    /// <exception cref="InvalidOperationException">The group knows no module to follow, or the module has other parameters now.</exception>
    internal void Follow(string optimizer)
    {
        string? replaced = _parts.Select(part => part.Parameters.FirstReplaced()).FirstOrDefault(name => name is not null);
        if (replaced is null) return;

        Dictionary<string, Parameter> now = _source.Parameters.Where(p => !p.Parameter.IsInvalid).GroupBy(p => p.Name).ToDictionary(same => same.Key, same => same.First().Parameter);
        List<FlatPart> old = _parts;
        string[] names = [.. old.SelectMany(part => part.Parameters.Names)];
        if (names.FirstOrDefault(name => !now.ContainsKey(name)) is { } lost) throw Lost(optimizer, lost);

        _parts = Lay([.. names.Select(name => (name, now[name]))]);
        foreach (FlatPart part in _parts) part.Inherit(old);
        foreach (FlatPart part in old) part.Dispose();
    }

    /// <summary>Frees the buffers' handles; the parameters keep their values.</summary>
    public void Dispose()
    {
        foreach (FlatPart part in _parts) part.Dispose();
    }

    private List<FlatPart> Lay(IReadOnlyList<(string Name, Parameter Parameter)> parameters) =>
        [.. parameters.GroupBy(p => (p.Parameter.dtype, p.Parameter.device_type, p.Parameter.device_index)).Select(same => new FlatPart(new FlatParameters([.. same]), _stateNames.Count))];

    private static InvalidOperationException Lost(string optimizer, string name) =>
        new($"{optimizer} cannot step: parameter '{name}' was replaced after {optimizer} was made, as moving a module does "
            + "('to', 'cuda', 'half'), and its group is a list of parameters. Make the group from the module (new ParameterGroup(module)), "
            + "which follows it, or move the module first and make the optimizer afterwards.");
}
