namespace TorchSharp;

public static partial class torch
{
    /// <summary>Until disposed: gradients are not recorded on this thread.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    /// <summary>Until disposed: as <see cref="no_grad"/>, and tensors made within keep no version count nor view tracking.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_grad_enabled() => NativeMethods.dlm_grad_mode() != 0;

    public static bool is_inference_mode_enabled() => NativeMethods.dlm_inference_mode() != 0;

    private sealed class GradMode : IDisposable
    {
        private readonly bool _before = is_grad_enabled();
        private bool _disposed;

        internal GradMode(bool enabled) => NativeMethods.dlm_set_grad_mode(enabled ? 1 : 0);

        public void Dispose()
        {
            if (_disposed)
                return;
            _disposed = true;
            NativeMethods.dlm_set_grad_mode(_before ? 1 : 0);
        }
    }

    private sealed class InferenceMode(bool enabled) : IDisposable
    {
        private nint _guard = NativeMethods.Check(NativeMethods.dlm_begin_inference_mode(enabled ? 1 : 0));

        public void Dispose() => NativeMethods.dlm_end_inference_mode(Interlocked.Exchange(ref _guard, 0));
    }
}
