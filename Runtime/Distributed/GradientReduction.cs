using Dlm.Runtime.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dlm.Runtime.Distributed;

/// <summary>
/// Averages the gradients of an optimizer's parameters over processes, in buckets that are sent while backward still runs (Li et al.,
/// "PyTorch Distributed", 2020; Torch/native/distributed/dlm_reducer.cpp).
/// </summary>
/// <param name="group">The processes.</param>
internal sealed unsafe class GradientReduction(ProcessGroup group) : IDisposable
{
    // Those of PyTorch's DDP: the first is small, so that sending begins early.
    private const long FirstBucket = 1L << 20, Bucket = 25L << 20;

    private IReadOnlyList<Parameter> _parameters = [];
    private nint _reducer;
    private bool _done;

    /// <summary>How many buckets there are.</summary>
    internal int Buckets { get; private set; }

    /// <summary>How many of them are under way.</summary>
    internal int Sent => NativeGroup.SentByReducer(_reducer);

    /// <summary>The next backward is the last one before the step, so that what it finishes can be sent at once.</summary>
    public void Begin(IReadOnlyList<Parameter> parameters)
    {
        Attach(parameters);
        _done = false;
        group.Check(NativeGroup.ArmReducer(_reducer));
    }

    /// <summary>Gives every parameter the mean of its gradients over all processes; whoever has none counts as zero, and where nobody has one there is none.</summary>
    public void Finish(IReadOnlyList<Parameter> parameters)
    {
        if (_done) return;
        Attach(parameters);
        group.Check(NativeGroup.FinishReducer(_reducer));
        _done = true;
    }

    /// <summary>What backward leaves next is this process's own.</summary>
    public void Forget() => _done = false;

    /// <summary>In which bucket each parameter's gradient travels: the last parameters, which backward reaches first, in the first.</summary>
    internal static (int[] BucketOf, int Count) Assign(IReadOnlyList<(ScalarType Type, string Device, long Bytes)> parameters)
    {
        int[] bucketOf = new int[parameters.Count];
        List<long> limits = [], sizes = [];
        Dictionary<(ScalarType, string), int> open = [];
        for (int i = parameters.Count - 1; i >= 0; i--)
        {
            (ScalarType type, string device, long bytes) = parameters[i];
            if (!open.TryGetValue((type, device), out int bucket) || sizes[bucket] + bytes > limits[bucket])
            {
                bucket = open[(type, device)] = sizes.Count;
                limits.Add(sizes.Count == 0 ? FirstBucket : Bucket);
                sizes.Add(0);
            }

            bucketOf[i] = bucket;
            sizes[bucket] += bytes;
        }

        return (bucketOf, sizes.Count);
    }

    public void Dispose()
    {
        if (_reducer != 0) NativeGroup.FreeReducer(_reducer);
        _reducer = 0;
    }

    // A module that was moved or converted has other parameters.
    private void Attach(IReadOnlyList<Parameter> parameters)
    {
        if (_reducer != 0 && parameters.SequenceEqual(_parameters, ReferenceEqualityComparer.Instance)) return;
        Dispose();
        (int[] bucketOf, int count) = Assign([.. parameters.Select(parameter => (parameter.dtype, parameter.device.ToString(), parameter.numel() * parameter.element_size()))]);
        nint[] handles = [.. parameters.Select(parameter => parameter.Handle)];
        fixed (nint* pointer = handles)
        fixed (int* buckets = bucketOf)
        {
            _reducer = NativeGroup.NewReducer(group.Handle, pointer, buckets, handles.Length, count);
        }

        if (_reducer == 0) throw new InvalidOperationException($"The gradients cannot be averaged over processes: {NativeFile.LastError}");
        (_parameters, Buckets) = (parameters, count);
    }
}
