using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Dlm.Runtime.Native;

namespace Dlm.Runtime.Distributed;

/// <remarks>
/// When a process is gone, its neighbours see their connections close. So that the user reads one message and not as many as there are
/// processes, those that are left call a roll in the store: who does not answer is gone, and the lowest of the others speaks.
/// </remarks>
public sealed partial class ProcessGroup
{
    private const string FailedKey = "failed"; // that of Torch/native/distributed/processes.h
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private bool _announced;

    /// <summary>
    /// Says to the other processes why this one cannot go on, so that they end with it rather than wait. Call it where a program of several
    /// processes catches an exception and ends; <c>Trainer</c> does.
    /// </summary>
    /// <returns>Whether this process is the one that shows the message: the first of those that failed.</returns>
    public bool Announce(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (_handle == 0 || _announced) return true;
        _announced = true;
        try
        {
            bool first = NativeGroup.Add(_handle, "claims") == 1;
            if (first)
            {
                NativeGroup.Write(_handle, CauseKey(Rank), exception.Message);
                NativeGroup.Write(_handle, FailedKey, Rank.ToString(CultureInfo.InvariantCulture));
            }

            NativeGroup.Write(_handle, Key("present", Rank), "");
            Leave([]);
            return first;
        }
        catch (ExternalException)
        {
            return true; // the store is gone, and with it the one that kept it
        }
    }

    /// <summary>The exception for a collective that failed with the last error.</summary>
    internal DistributedException Failed()
    {
        ExternalException cause = new(NativeFile.LastError);
        _announced = true;
        try
        {
            NativeGroup.Write(_handle, Key("present", Rank), "");
            if (NativeGroup.Read(_handle, FailedKey) is null) NativeGroup.Write(_handle, FailedKey, "");
            int[] gone = Failure(cause) is null ? WaitForAll("present", []) : [];
            DistributedException failure = Failure(cause) ?? (gone.Length == 0
                ? new DistributedException($"Process {Rank} of {Size} could not exchange tensors with the others: {FirstLine(cause.Message)}.", cause)
                : new DistributedException(Gone(gone), cause) { SaidElsewhere = Enumerable.Range(0, Size).Except(gone).Min() != Rank });
            Leave(gone);
            return failure;
        }
        catch (ExternalException)
        {
            return new DistributedException(Gone([0]), cause); // it kept the store
        }
    }

    // Whoever keeps the store ends last, for without it the others cannot read any more.
    private void Leave(int[] gone)
    {
        NativeGroup.Write(_handle, Key("left", Rank), "");
        if (KeepsStore) WaitForAll("left", gone);
    }

    private DistributedException? Failure(Exception cause)
    {
        if (NativeGroup.Read(_handle, FailedKey) is not { Length: > 0 } text) return null;
        int first = int.Parse(text, CultureInfo.InvariantCulture);
        return new DistributedException($"Process {first} of {Size} failed: {NativeGroup.Read(_handle, CauseKey(first))}", cause) { SaidElsewhere = true };
    }

    // Waits for every process to write such a key; returns those that have not.
    private int[] WaitForAll(string key, int[] except)
    {
        long start = Stopwatch.GetTimestamp();
        List<int> missing = [.. Enumerable.Range(0, Size).Except(except)];
        while (true)
        {
            missing.RemoveAll(rank => NativeGroup.Read(_handle, Key(key, rank)) is not null);
            if (missing.Count == 0 || Stopwatch.GetElapsedTime(start) > Patience) return [.. missing];
            Thread.Sleep(50);
        }
    }

    private string Gone(int[] ranks) =>
        $"Process {string.Join(" and ", ranks)} of {Size} {(ranks.Length == 1 ? "is" : "are")} gone (killed, cut off from the others, or held up for too long), so that the others end as well. "
            + "Start again and resume from the last checkpoint; it need not be with as many processes.";

    private static string CauseKey(int rank) => Key("cause", rank);

    private static string Key(string what, int rank) => string.Create(CultureInfo.InvariantCulture, $"{what}/{rank}");
}
