using System.Runtime.InteropServices;
using Dlm.Runtime.Optimizers.Flat;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers.Fused;

/// <summary>
/// The native passes over flat buffers (Torch/native/optim), where the native file is there and stands on the same libtorch as
/// TorchSharp; elsewhere optimizers step by tensor operations.
/// </summary>
internal static unsafe class FusedSteps
{
    private static readonly Entry Native = Find();

    /// <summary>Why there are no fused steps here; null where there are.</summary>
    public static string? Missing => Native.Missing;

    /// <summary>Lets a test go the other way.</summary>
    public static bool Enabled { get; set; } = true;

    /// <summary>Whether these parameters can be stepped in one native pass.</summary>
    public static bool Serves(FlatParameters parameters) =>
        Enabled && Missing is null && parameters.Device.type == DeviceType.CPU && parameters.Type is ScalarType.Float32 or ScalarType.Float64;

    /// <summary>Makes one step of a run of parameters.</summary>
    /// <param name="rule">The step.</param>
    /// <param name="part">The parameters and their state.</param>
    /// <param name="run">Which of them.</param>
    /// <param name="gradients">The gradients of all parameters of the part, there for those of the run.</param>
    public static void Step(FusedRule rule, FlatPart part, FlatRun run, Tensor?[] gradients)
    {
        nint[] slopes = new nint[run.End - run.First];
        for (int i = 0; i < slopes.Length; i++) slopes[i] = gradients[run.First + i]!.Handle;
        nint[] states = [.. part.State.Select(state => state.Handle)];
        fixed (nint* statePointer = states, slopePointer = slopes)
        fixed (long* starts = &part.Parameters.Starts[run.First])
        fixed (double* options = rule.Options)
        {
            int result = Native.Step(
                (int)rule.Method, part.Parameters.Values.Handle, statePointer, states.Length, slopePointer, starts, slopes.Length, options, rule.Options.Length);
            if (result < 0) throw new ExternalException(Marshal.PtrToStringUTF8((nint)Native.LastError()));
        }
    }

    private static Entry Find()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "libdlmtorch.so");
        if (!File.Exists(file)) return new Entry { Missing = $"{file} is missing" };
        if (!NativeLibrary.TryLoad(file, out nint library)) return new Entry { Missing = $"{file} cannot be loaded" };
        if (!NativeLibrary.TryGetExport(library, "dlm_optimizer_step", out nint step)) return new Entry { Missing = $"{file} is older than its optimizers" };

        string theirs = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "dlm_torch_version"))())!;
        if (!__version__.StartsWith(theirs.Split('+')[0], StringComparison.Ordinal)) return new Entry { Missing = $"{file} stands on libtorch {theirs}, and TorchSharp on {__version__}" };
        return new Entry
        {
            Step = (delegate* unmanaged<int, nint, nint*, int, nint*, long*, int, double*, int, int>)step,
            LastError = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "dlm_last_error"),
        };
    }

    private readonly struct Entry
    {
        public string? Missing { get; init; }

        public delegate* unmanaged<int, nint, nint*, int, nint*, long*, int, double*, int, int> Step { get; init; }

        public delegate* unmanaged<byte*> LastError { get; init; }
    }
}
