using Dlm.Runtime.Native;
using static TorchSharp.torch;

namespace Dlm.Runtime.Distributed;

/// <summary>How the tensors of several processes become one.</summary>
public enum Reduction
{
    /// <summary>Added up.</summary>
    Sum,

    /// <summary>The largest of each.</summary>
    Max,

    /// <summary>The smallest of each.</summary>
    Min,
}

/// <summary>
/// Processes that train together, each with the same networks on its own share of the data, through c10d, libtorch's own engine: Gloo
/// for tensors in the machine's memory, NCCL for those on GPUs where the native file was built with it.
/// </summary>
/// <remarks>All of them must call the same collectives in the same order, from one thread at a time.</remarks>
public sealed unsafe partial class ProcessGroup : IDisposable
{
    private readonly string _prefix;
    private nint _handle;

    private ProcessGroup(LaunchEnvironment place, TimeSpan timeout)
    {
        (Rank, Size, LocalRank, _prefix) = (place.Rank, place.Size, place.LocalRank, place.Prefix);
        if (Size == 1) return;
        if (NativeGroup.Missing is { } missing)
        {
            throw new DistributedException($"{place.Launcher} started {Size} processes, but they cannot train together because {missing}. Run eng/setup.sh, which says what it lacks, or start one process.");
        }

        bool keepsStore = Rank == 0 && !place.LauncherKeepsStore;
        bool nccl = NativeGroup.HasNccl() != 0 && cuda.is_available();
        string device = Environment.GetEnvironmentVariable("GLOO_SOCKET_IFNAME") ?? "";
        fixed (byte* host = NativeGroup.Bytes(place.Address), prefix = NativeGroup.Bytes($"dlm/{_prefix}"), face = NativeGroup.Bytes(device))
        {
            _handle = NativeGroup.New(host, place.Port, prefix, keepsStore ? 1 : 0, Rank, Size, face, place.IsLocal ? 1 : 0, nccl ? 1 : 0, (long)timeout.TotalMilliseconds);
        }

        KeepsStore = keepsStore;
        if (_handle != 0) return;
        throw new DistributedException(
            $"Process {Rank} of {Size} did not meet the others at {place.Address}:{place.Port} within {Text(timeout)} ({FirstLine(NativeFile.LastError)}). "
                + "All of them must be started with the same MASTER_ADDR, MASTER_PORT and number of processes, and the port must be free and open.");
    }

    /// <summary>Which process this is, counted from 0.</summary>
    public int Rank { get; }

    /// <summary>How many processes there are.</summary>
    public int Size { get; }

    /// <summary>Which process this is on its machine, counted from 0: it usually says which GPU is its own.</summary>
    public int LocalRank { get; }

    /// <summary>Whether this is the process that shows things and writes files.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>Why processes cannot train together here; null where they can.</summary>
    public static string? WhyMissing => NativeGroup.Missing;

    internal nint Handle => _handle;

    private bool KeepsStore { get; }

    /// <summary>
    /// Meets the other processes, as the environment says: that of <c>torchrun --no-python</c> (RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR,
    /// MASTER_PORT), of mpirun, or of Slurm's srun. A program that no launcher started is a group of its own.
    /// </summary>
    /// <param name="timeout">How long to wait for the others, now and in every collective; without it, ten minutes.</param>
    /// <exception cref="DistributedException">The environment is not whole, the others do not come, or the native file is not there.</exception>
    public static ProcessGroup FromEnvironment(TimeSpan? timeout = null) =>
        new(LaunchEnvironment.Read(Environment.GetEnvironmentVariable) ?? new LaunchEnvironment(0, 1, 0, 1, "", 0, "nobody"), timeout ?? TimeSpan.FromMinutes(10));

    /// <summary>Meets other processes at a place that is known to all of them.</summary>
    /// <param name="rank">Which process this is, counted from 0; the first keeps the meeting place.</param>
    /// <param name="size">How many there are.</param>
    /// <param name="address">The first one's machine.</param>
    /// <param name="port">A free port there.</param>
    /// <param name="timeout">How long to wait for the others, now and in every collective; without it, ten minutes.</param>
    /// <exception cref="DistributedException">The others do not come, or the native file is not there.</exception>
    public static ProcessGroup Meet(int rank, int size, string address, int port, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        if (rank < 0 || rank >= size) throw new ArgumentOutOfRangeException(nameof(rank), rank, $"Of {size} processes the ranks are 0 to {size - 1}.");
        return new ProcessGroup(new LaunchEnvironment(rank, size, rank, null, address, port, "The program"), timeout ?? TimeSpan.FromMinutes(10));
    }

    /// <summary>Combines <paramref name="tensor"/> with those of the other processes, in place: afterwards all have the same.</summary>
    /// <exception cref="DistributedException">Another process is gone, has failed, or did not come in time.</exception>
    public void AllReduce(Tensor tensor, Reduction reduction = Reduction.Sum) => BeginAllReduce(tensor, reduction)();

    /// <summary>Gives every process what the tensors of process <paramref name="root"/> hold, in place; of any types.</summary>
    /// <inheritdoc cref="AllReduce"/>
    public void Broadcast(IEnumerable<Tensor> tensors, int root = 0)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (Size == 1) return;
        Tensor[] all = [.. tensors];
        nint[] handles = [.. all.Select(tensor => tensor.Handle)];
        fixed (nint* pointer = handles) Check(NativeGroup.Broadcast(Open(), pointer, handles.Length, root));
        GC.KeepAlive(all);
    }

    /// <summary>The tensors of all processes, [Size, ...], by rank; all must be of one type and shape.</summary>
    /// <inheritdoc cref="AllReduce"/>
    public Tensor AllGather(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (Size == 1) return tensor.detach().unsqueeze(0).clone();
        Tensor all = empty([Size, .. tensor.shape], dtype: tensor.dtype, device: tensor.device);
        Check(NativeGroup.AllGather(Open(), tensor.Handle, all.Handle));
        GC.KeepAlive(tensor);
        return all;
    }

    /// <summary>Waits until every process is here.</summary>
    /// <inheritdoc cref="AllReduce"/>
    public void Barrier()
    {
        using Tensor nothing = zeros([1]);
        AllReduce(nothing);
    }

    /// <summary>The sums of everybody's numbers.</summary>
    internal long[] Sum(params long[] mine) => Combine(mine, Reduction.Sum);

    /// <summary>The sums of everybody's numbers.</summary>
    internal double[] Sum(params double[] mine) => Combine(mine, Reduction.Sum);

    /// <summary>The largest of everybody's numbers.</summary>
    internal long Max(long mine) => Combine([mine], Reduction.Max)[0];

    /// <summary>Begins to combine a tensor with the others'; what is returned waits for the result, and must be called once.</summary>
    internal Action BeginAllReduce(Tensor tensor, Reduction reduction)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (Size == 1) return () => { };
        nint work = NativeGroup.AllReduce(Open(), tensor.Handle, (int)reduction);
        if (work == 0) throw Failed();
        return () =>
        {
            Check(NativeGroup.Wait(_handle, work));
            GC.KeepAlive(tensor);
        };
    }

    /// <summary>Parts from the others, who should be done as well.</summary>
    public void Dispose()
    {
        // What a group that failed has under way will never be done, and freeing would wait for it.
        if (_handle != 0 && !_announced) NativeGroup.Free(_handle);
        _handle = 0;
    }

    internal void Check(int result)
    {
        if (result < 0) throw Failed();
    }

    private T[] Combine<T>(T[] mine, Reduction reduction)
        where T : unmanaged
    {
        if (Size == 1 || mine.Length == 0) return mine;
        using Tensor all = from_array(mine);
        AllReduce(all, reduction);
        return all.data<T>().ToArray();
    }

    private nint Open()
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        return _handle;
    }

    private static string Text(TimeSpan time) => time.TotalSeconds < 90 ? $"{time.TotalSeconds:0} s" : $"{time.TotalMinutes:0} minutes";

    // Below it stands where in libtorch it was thrown.
    private static string FirstLine(string text) => text.Split('\n')[0].Trim().TrimEnd('.');
}
