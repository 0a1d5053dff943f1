using TorchSharp.Utils;

namespace TorchSharp;

/// <summary>Owns every tensor made on its thread while it is the innermost scope, and disposes of them with itself.</summary>
public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager _manager;
    private HashSet<IDisposable> _disposables = new(ReferenceEqualityComparer<IDisposable>.Default);

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        _manager = manager;
        OuterScope = outer;
    }

    internal DisposeScope? OuterScope { get; }

    public int DisposablesCount => _disposables.Count;

    public IReadOnlyList<IDisposable> DisposablesView => _disposables.ToList();

    public bool Contains(IDisposable disposable) => _disposables.Contains(disposable);

    internal void Include(IDisposable disposable) => _disposables.Add(disposable);

    // ---- move to the scope around this one

    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(OuterScope!, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        MoveToOther(OuterScope!, first, second);

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable => MoveToOther(OuterScope!, first, second, third);

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(OuterScope!, disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope!, disposables);

    // ---- move to any scope; null is none

    public T MoveToOther<T>(DisposeScope scope, T disposable) where T : IDisposable
    {
        Move(scope, disposable);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope scope, T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        Move(scope, first);
        Move(scope, second);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        Move(scope, first);
        Move(scope, second);
        Move(scope, third);
        return (first, second, third);
    }

    public void MoveToOther(
        DisposeScope scope, params IDisposable[] disposables) => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
            Move(scope, disposable);
    }

    private void Move(DisposeScope? scope, IDisposable disposable)
    {
        if (!_disposables.Remove(disposable))
            return;
        if (scope is null)
            _manager.CountsOf(disposable).DetachedFromScopeCount++;
        else
            scope.Include(disposable);
        DisposeScopeManager.SetOwner(disposable, scope);
    }

    // ---- take out of every scope, and back in

    public T Detach<T>(T disposable) where T : IDisposable
    {
        Move(null, disposable);
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        MoveToOther(null!, first, second);

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable => MoveToOther(null!, first, second, third);

    public void Detach(params IDisposable[] disposables) => MoveToOther(null!, disposables);

    public void Detach(IEnumerable<IDisposable> disposables) => MoveToOther(null!, disposables);

    public void Attach(IDisposable disposable) => Attach((IEnumerable<IDisposable>)[disposable]);

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var all = disposables.ToList();
        foreach (var disposable in all)
        {
            var owner = DisposeScopeManager.OwnerOf(disposable);
            if (ReferenceEquals(owner, this))
                continue;
            if (owner is null)
                _manager.CountsOf(disposable).AttachedToScopeCount++;
            owner?._disposables.Remove(disposable);
            Include(disposable);
            DisposeScopeManager.SetOwner(disposable, this);
        }
        return all;
    }

    // ---- dispose

    public void DisposeEverything() => DisposeEverythingBut([]);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut([first, second, third]);
        return (first, second, third);
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var all = _disposables;
        _disposables = inKeep.ToHashSet(ReferenceEqualityComparer<IDisposable>.Default);
        foreach (var disposable in all)
        {
            if (_disposables.Contains(disposable))
                continue;
            if (disposable is not torch.Tensor) // a tensor reports its end itself
                _manager.CountsOf(disposable).DisposedInScopeCount++;
            disposable.Dispose();
        }
    }

    /// <summary>Takes note that something in this scope was disposed of from outside.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        _disposables.Remove(disposable);
        _manager.CountsOf(disposable).DisposedInScopeCount++;
        DisposeScopeManager.SetOwner(disposable, null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DisposeEverything();
        _manager.Remove(this);
    }
}
