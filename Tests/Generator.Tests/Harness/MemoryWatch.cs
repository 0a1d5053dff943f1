using System.Runtime.InteropServices;

namespace Dlm.Generator.Tests.Harness;

/// <summary>Counts what libtorch allocates on this thread, as long as it lives. It needs the native file of <c>Torch/native</c>.</summary>
internal sealed class MemoryWatch : IDisposable
{
    public MemoryWatch() => Assert.Equal(0, dlm_memory_watch());

    /// <summary>Whether the native file is here; beside TorchSharp's own package it is not.</summary>
    public static bool IsThere { get; } = File.Exists(Path.Combine(AppContext.BaseDirectory, "libdlmtorch.so"));

    /// <summary>The bytes that live now of those allocated since the beginning.</summary>
    public long Live => Read().Live;

    /// <summary>The most that lived at a time.</summary>
    public long Peak => Read().Peak;

    /// <summary>The most that lived at the end of an operator's call, when what the operator needed for itself was gone.</summary>
    public long Settled => Read().Settled;

    /// <inheritdoc/>
    public void Dispose() => dlm_memory_unwatch();

    private static (long Live, long Peak, long Settled) Read()
    {
        Assert.Equal(0, dlm_memory_read(out var live, out var peak, out var settled));
        return (live, peak, settled);
    }

    [DllImport("dlmtorch")]
    private static extern int dlm_memory_watch();

    [DllImport("dlmtorch")]
    private static extern int dlm_memory_read(out long live, out long peak, out long settled);

    [DllImport("dlmtorch")]
    private static extern int dlm_memory_unwatch();
}
