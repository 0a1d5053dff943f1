using Dlm.Runtime.Native;
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
    private static readonly delegate* unmanaged<int, nint, nint*, int, nint*, long*, int, double*, int, int> NativeStep =
        (delegate* unmanaged<int, nint, nint*, int, nint*, long*, int, double*, int, int>)NativeFile.Find("dlm_optimizer_step");

    /// <summary>Why there are no fused steps here; null where there are.</summary>
    public static string? Missing => NativeFile.Missing ?? (NativeStep is null ? $"{NativeFile.Path} is older than its optimizers" : null);

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
            NativeFile.Check(NativeStep(
                (int)rule.Method, part.Parameters.Values.Handle, statePointer, states.Length, slopePointer, starts, slopes.Length, options, rule.Options.Length));
        }
    }
}
