using System.Collections;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Dlm.Runtime.Data;

/// <summary>
/// The batches of one epoch, in order, the next ones being prepared by background threads while the caller works on this
/// one. No more than the loader's prefetch are ever ready. Disposing the stream stops the threads and frees what was ready.
/// </summary>
/// <remarks>For one caller, once through. Each batch given out belongs to the caller, who disposes it.</remarks>
public sealed class BatchStream : IEnumerable<Batch>, IDisposable
{
    private readonly Func<long, Batch> _read;
    private readonly long _end;
    private readonly object _gate = new();
    private readonly Thread[] _workers;
    private readonly Slot[] _ready;
    private long _claimed;
    private long _next;
    private long _waited;
    private bool _stopped;

    /// <summary>Starts to prepare batches <paramref name="first"/> to <paramref name="end"/> - 1.</summary>
    /// <param name="read">Makes the batch of a number; with several workers called by several threads at once.</param>
    /// <param name="first">The number of the first batch wanted.</param>
    /// <param name="end">One more than the number of the last.</param>
    /// <param name="workers">How many threads prepare batches; with 0 the caller's own does, when it asks.</param>
    /// <param name="prefetch">How many batches may be ready and not yet taken.</param>
    internal BatchStream(Func<long, Batch> read, long first, long end, int workers, int prefetch)
    {
        (_read, _claimed, _next, _end) = (read, first, first, end);
        _ready = new Slot[prefetch];
        _workers = new Thread[workers];
        for (int i = 0; i < workers; i++)
        {
            _workers[i] = new Thread(Work) { IsBackground = true, Name = $"Dlm data {i}" };
            _workers[i].Start();
        }
    }

    /// <summary>How long the caller has stood waiting for batches so far.</summary>
    public TimeSpan Waited => Stopwatch.GetElapsedTime(0, _waited);

    /// <summary>Gives out the next batch, waiting for it where it is not ready.</summary>
    /// <returns>False after the last one.</returns>
    /// <exception cref="DataLoadingException">The data set failed to read the batch.</exception>
    public bool TryNext([NotNullWhen(true)] out Batch? batch)
    {
        batch = null;
        if (_next >= _end) return false;

        Slot slot = _workers.Length == 0 ? PrepareHere() : Take();
        if (slot.Error is { } error)
        {
            Dispose();
            throw error;
        }

        batch = slot.Batch!;
        return true;
    }

    /// <summary>The batches that have not been given out yet. Leaving the loop early stops the stream.</summary>
    public IEnumerator<Batch> GetEnumerator()
    {
        using (this)
        {
            while (TryNext(out Batch? batch)) yield return batch;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Stops the threads and frees the batches that nobody took.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread worker in _workers) worker.Join();
        foreach (ref Slot slot in _ready.AsSpan())
        {
            slot.Batch?.Dispose();
            slot = default;
        }
    }

    private Slot PrepareHere()
    {
        long start = Stopwatch.GetTimestamp();
        Slot slot = Prepare(_next++);
        _waited += Stopwatch.GetTimestamp() - start;
        return slot;
    }

    private Slot Take()
    {
        lock (_gate)
        {
            ref Slot place = ref _ready[_next % _ready.Length];
            if (place.IsEmpty)
            {
                long start = Stopwatch.GetTimestamp();
                while (place.IsEmpty)
                {
                    ObjectDisposedException.ThrowIf(_stopped, this);
                    Monitor.Wait(_gate);
                }

                _waited += Stopwatch.GetTimestamp() - start;
            }

            Slot slot = place;
            place = default;
            _next++;
            Monitor.PulseAll(_gate);
            return slot;
        }
    }

    private void Work()
    {
        while (true)
        {
            long number;
            lock (_gate)
            {
                while (!_stopped && _claimed < _end && _claimed >= _next + _ready.Length) Monitor.Wait(_gate);
                if (_stopped || _claimed >= _end) return;
                number = _claimed++;
            }

            Slot slot = Prepare(number);
            lock (_gate)
            {
                if (_stopped)
                {
                    slot.Batch?.Dispose();
                    return;
                }

                _ready[number % _ready.Length] = slot;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private Slot Prepare(long number)
    {
        try
        {
            return new Slot(_read(number), null);
        }
        catch (DataLoadingException e)
        {
            return new Slot(null, e);
        }
    }

    private readonly record struct Slot(Batch? Batch, DataLoadingException? Error)
    {
        public bool IsEmpty => Batch is null && Error is null;
    }
}
