using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The scopes of one thread, innermost last, and what it counted.</summary>
public class DisposeScopeManager
{
    [ThreadStatic] private static DisposeScopeManager? _ofThread;

    private readonly List<DisposeScope> _scopes = [];
    private readonly ThreadDisposeScopeStatistics _statistics = new();

    internal static DisposeScopeManager OfThread => _ofThread ??= new();

    /// <summary>What this thread has made, attached, detached and disposed of.</summary>
    public static ThreadDisposeScopeStatistics Statistics => OfThread._statistics;

    internal DisposeScope? Current => _scopes.Count == 0 ? null : _scopes[^1];

    internal DisposeScope Open()
    {
        var scope = new DisposeScope(this, Current);
        _scopes.Add(scope);
        return scope;
    }

    internal void Remove(DisposeScope scope) => _scopes.Remove(scope);

    /// <summary>Puts a new object into the innermost scope, and returns that.</summary>
    internal DisposeScope? Register(IDisposable disposable)
    {
        var scope = Current;
        if (scope is null)
        {
            CountsOf(disposable).CreatedOutsideScopeCount++;
            return null;
        }
        CountsOf(disposable).CreatedInScopeCount++;
        scope.Include(disposable);
        return scope;
    }

    internal void DisposedOutside(IDisposable disposable) => CountsOf(disposable).DisposedOutsideScopeCount++;

    internal LifetimeStatistics CountsOf(IDisposable disposable) =>
        disposable is Tensor ? _statistics.TensorStatistics : _statistics.PackedSequenceStatistics;

    internal static DisposeScope? OwnerOf(IDisposable disposable) => (disposable as Tensor)?.OwningDisposeScope;

    internal static void SetOwner(IDisposable disposable, DisposeScope? scope)
    {
        if (disposable is Tensor tensor)
            tensor.OwningDisposeScope = scope;
    }
}

public static partial class torch
{
    /// <summary>Opens a scope on this thread; dispose of it on the same thread, before those around it.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.OfThread.Open();

    /// <summary>The innermost scope of this thread.</summary>
    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.OfThread.Current;

    /// <summary>Evaluates an expression in a scope of its own, of which the result alone survives.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}
