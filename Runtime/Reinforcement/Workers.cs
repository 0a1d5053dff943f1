using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Dlm.Runtime.Reinforcement;

/// <summary>Runs workers that learn side by side, each on a thread of its own.</summary>
/// <remarks>
/// Dispose scopes, <c>no_grad</c> and the like are matters of a thread: each worker begins with a scope of its own and with gradients recorded. The
/// generator behind <c>manual_seed</c> is one for all threads, so that a worker that wants to be repeatable draws from a stream of its own.
/// </remarks>
public static class Workers
{
    /// <summary>Runs until all are done. Where one fails, the others are asked to end.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="work">What each does, by its number, until it is done or the token asks it to end.</param>
    /// <param name="ending">Asks all to end.</param>
    /// <exception cref="Exception">What the first worker that failed has thrown.</exception>
    public static void Run(int count, Action<int, CancellationToken> work, CancellationToken ending = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentNullException.ThrowIfNull(work);
        using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(ending);
        ExceptionDispatchInfo? failure = null;
        Thread[] threads = [.. Enumerable.Range(0, count).Select(worker => new Thread(() => Work(worker)) { Name = $"Worker {worker}", IsBackground = true })];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        failure?.Throw();

        void Work(int worker)
        {
            try
            {
                using var scope = NewDisposeScope();
                work(worker, source.Token);
            }
#pragma warning disable CA1031 // An exception that leaves a thread ends the process: it is thrown where the workers were started.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
                source.Cancel();
            }
        }
    }
}
