using System.Runtime.InteropServices;
using Dlm.Runtime.Native;

namespace Dlm.Runtime.Distributed;

/// <summary>The functions of Torch/native/distributed.</summary>
internal static unsafe class NativeGroup
{
    private static readonly delegate* unmanaged<byte*> MissingText = (delegate* unmanaged<byte*>)NativeFile.Find("dlm_group_missing");

    public static readonly delegate* unmanaged<int> HasNccl = (delegate* unmanaged<int>)NativeFile.Find("dlm_group_has_nccl");

    public static readonly delegate* unmanaged<byte*, int, byte*, int, int, int, byte*, int, int, long, nint> New =
        (delegate* unmanaged<byte*, int, byte*, int, int, int, byte*, int, int, long, nint>)NativeFile.Find("dlm_group_new");

    public static readonly delegate* unmanaged<nint, void> Free = (delegate* unmanaged<nint, void>)NativeFile.Find("dlm_group_free");

    public static readonly delegate* unmanaged<nint, nint, int, nint> AllReduce = (delegate* unmanaged<nint, nint, int, nint>)NativeFile.Find("dlm_group_all_reduce");

    public static readonly delegate* unmanaged<nint, nint, int> Wait = (delegate* unmanaged<nint, nint, int>)NativeFile.Find("dlm_group_wait");

    public static readonly delegate* unmanaged<nint, nint*, int, int, int> Broadcast = (delegate* unmanaged<nint, nint*, int, int, int>)NativeFile.Find("dlm_group_broadcast");

    public static readonly delegate* unmanaged<nint, nint, nint, int> AllGather = (delegate* unmanaged<nint, nint, nint, int>)NativeFile.Find("dlm_group_all_gather");

    public static readonly delegate* unmanaged<nint, byte*, byte*, int> Set = (delegate* unmanaged<nint, byte*, byte*, int>)NativeFile.Find("dlm_group_set");

    public static readonly delegate* unmanaged<nint, byte*, byte**, int> Get = (delegate* unmanaged<nint, byte*, byte**, int>)NativeFile.Find("dlm_group_get");

    public static readonly delegate* unmanaged<nint, byte*, long> Count = (delegate* unmanaged<nint, byte*, long>)NativeFile.Find("dlm_group_count");

    public static readonly delegate* unmanaged<nint, nint*, int*, int, int, nint> NewReducer = (delegate* unmanaged<nint, nint*, int*, int, int, nint>)NativeFile.Find("dlm_reducer_new");

    public static readonly delegate* unmanaged<nint, int> ArmReducer = (delegate* unmanaged<nint, int>)NativeFile.Find("dlm_reducer_arm");

    public static readonly delegate* unmanaged<nint, int> FinishReducer = (delegate* unmanaged<nint, int>)NativeFile.Find("dlm_reducer_finish");

    public static readonly delegate* unmanaged<nint, int> SentByReducer = (delegate* unmanaged<nint, int>)NativeFile.Find("dlm_reducer_sent");

    public static readonly delegate* unmanaged<nint, void> FreeReducer = (delegate* unmanaged<nint, void>)NativeFile.Find("dlm_reducer_free");

    private static readonly delegate* unmanaged<void*, void> FreeText = (delegate* unmanaged<void*, void>)NativeFile.Find("dlm_free");

    /// <summary>Why processes cannot train together here; null where they can.</summary>
    public static string? Missing =>
        NativeFile.Missing is { } missing ? missing
        : MissingText is null ? $"{NativeFile.Path} is older than its groups of processes"
        : NativeFile.Text(MissingText()) is { } without ? $"of {NativeFile.Path}: {without}"
        : null;

    /// <summary>A text of the store; null where there is none.</summary>
    /// <exception cref="ExternalException">The store is gone.</exception>
    public static string? Read(nint group, string key)
    {
        byte* text = null;
        fixed (byte* name = Bytes(key)) NativeFile.Check(Get(group, name, &text));
        string? read = NativeFile.Text(text);
        FreeText(text);
        return read;
    }

    /// <summary>Counts at a key of the store: the first to come gets 1.</summary>
    /// <exception cref="ExternalException">The store is gone.</exception>
    public static long Add(nint group, string key)
    {
        fixed (byte* name = Bytes(key))
        {
            long count = Count(group, name);
            NativeFile.Check(count < 0 ? -1 : 0);
            return count;
        }
    }

    /// <summary>Sets a text of the store.</summary>
    /// <exception cref="ExternalException">The store is gone.</exception>
    public static void Write(nint group, string key, string text)
    {
        fixed (byte* name = Bytes(key), value = Bytes(text)) NativeFile.Check(Set(group, name, value));
    }

    /// <summary>Text that ends with a zero.</summary>
    public static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text + '\0');
}
