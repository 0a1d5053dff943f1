using System.Collections;
using System.Globalization;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Modules by number.</summary>
public class ModuleList<T> : Module, IList<T> where T : Module
{
    private readonly List<T> _list = [];

    public ModuleList(params T[] modules) : base(nameof(ModuleList<T>)) => _list.AddRange(modules);

    public int Count => _list.Count;
    public bool IsReadOnly => false;

    public T this[int index]
    {
        get => _list[index];
        set => Change(() => _list[index] = value);
    }

    public void append(params T[] parameters) => extend(parameters);

    public void extend(IEnumerable<T> modules) => Change(() => _list.AddRange(modules));

    public void Add(T item) => Change(() => _list.Add(item));

    public void Insert(int index, T item) => Change(() => _list.Insert(index, item));

    public void RemoveAt(int index) => Change(() => _list.RemoveAt(index));

    public bool Remove(T item)
    {
        var found = false;
        Change(() => found = _list.Remove(item));
        return found;
    }

    public void Clear() => Change(_list.Clear);

    public int IndexOf(T item) => _list.IndexOf(item);

    public bool Contains(T item) => _list.Contains(item);

    public void CopyTo(T[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

    public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Names the modules by their numbers; done when the list becomes part of another module, and after each change.</summary>
    protected override void RegisterComponents()
    {
        if (_internal_submodules.Count > 0)
            return;
        for (var i = 0; i < _list.Count; i++)
            register_module(i.ToString(CultureInfo.InvariantCulture), _list[i]);
    }

    private void Change(Action change)
    {
        change();
        if (_internal_submodules.Count == 0)
            return;
        ClearModules();
        RegisterComponents();
    }
}
