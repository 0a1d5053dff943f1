using System.Globalization;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>
/// Modules one after the other, named by number. What lies between two of them is disposed of, so a module here must not
/// return its own input.
/// </summary>
public class Sequential : Module<Tensor, Tensor>
{
    private readonly List<IModule<Tensor, Tensor>> _modules = [];

    internal Sequential() : base(nameof(Sequential)) { }

    protected Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules)
            append(name, module);
    }

    protected Sequential(params Module<Tensor, Tensor>[] modules) : base(nameof(Sequential))
    {
        foreach (var module in modules)
            append(module);
    }

    public int Count => _modules.Count;

    public Sequential append(string name, IModule<Tensor, Tensor> module)
    {
        register_module(name, (Module)module);
        _modules.Add(module);
        return this;
    }

    public Sequential append(IModule<Tensor, Tensor> module) => append(_modules.Count.ToString(CultureInfo.InvariantCulture), module);

    [IndexerName("SequentialItems")]
    public IModule<Tensor, Tensor> this[int index] => _modules[index];

    /// <summary>The modules of a range, in a sequence of their own which shares them.</summary>
    [IndexerName("SequentialItems")]
    public Sequential this[Range index]
    {
        get
        {
            var (start, length) = index.GetOffsetAndLength(_modules.Count);
            var part = new Sequential();
            foreach (var module in _modules.GetRange(start, length))
                part.append(module);
            return part;
        }
    }

    [IndexerName("SequentialItems")]
    public Sequential this[(int? start, int? end) index] => this[(index.start ?? 0)..(index.end ?? _modules.Count)];

    public override Tensor forward(Tensor tensor)
    {
        if (_modules.Count == 0)
            return tensor.alias();
        var current = _modules[0].call(tensor);
        for (var i = 1; i < _modules.Count; i++)
        {
            var next = _modules[i].call(current);
            current.Dispose();
            current = next;
        }
        return current;
    }
}
