using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The version of the libtorch that the native file was built against.</summary>
    public static unsafe string __version__ => Marshal.PtrToStringUTF8((nint)NativeMethods.dlm_torch_version())!;

    public static int get_num_threads() => NativeMethods.dlm_get_num_threads();

    public static void set_num_threads(int num) => NativeMethods.Check(NativeMethods.dlm_set_num_threads(num));

    public static int get_num_interop_threads() => NativeMethods.dlm_get_num_interop_threads();

    public static void set_num_interop_threads(int num) => NativeMethods.Check(NativeMethods.dlm_set_num_interop_threads(num));

    public static bool are_deterministic_algorithms_enabled() => NativeMethods.dlm_deterministic_algorithms() != 0;

    public static bool is_deterministic_algorithms_warn_only_enabled() => NativeMethods.dlm_deterministic_algorithms() == 1;

    /// <summary>Until disposed: operators whose results differ from run to run throw, or warn.</summary>
    public static IDisposable use_deterministic_algorithms(
        bool mode = true, bool warn_only = false) => new DeterministicMode(mode, warn_only);

    private sealed class DeterministicMode : IDisposable
    {
        private readonly int _before = NativeMethods.dlm_deterministic_algorithms();

        internal DeterministicMode(bool mode, bool warnOnly) => Set(mode, warnOnly);

        public void Dispose() => Set(_before != 0, _before == 1);

        private static void Set(bool mode, bool warnOnly) =>
            NativeMethods.Check(NativeMethods.dlm_use_deterministic_algorithms(mode ? 1 : 0, warnOnly ? 1 : 0));
    }

    /// <summary>How many tensor handles are alive in the process, those of every thread and of no scope included.</summary>
    internal static long LiveTensors => NativeMethods.dlm_live_tensors();
}
