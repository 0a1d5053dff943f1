using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class autograd
    {
        /// <summary>One call of a custom function: libtorch calls back for its halves, and says when its graph is gone.</summary>
        private abstract class CustomCall(object[] vars)
        {
            private readonly AutogradContext _context = new();
            private readonly bool[] _isTensor = Array.ConvertAll(vars, v => v is Tensor { IsInvalid: false });
            private object[]? _vars = vars;
            private ExceptionDispatchInfo? _failure;

            protected abstract string Name { get; }

            protected abstract List<Tensor> Forward(AutogradContext ctx, object[] vars);

            protected abstract List<Tensor> Backward(AutogradContext ctx, List<Tensor> gradients);

            internal List<Tensor> Apply()
            {
                var tensors = _vars!.OfType<Tensor>().Where(t => !t.IsInvalid).ToList();
                var inputs = Handles(tensors);
                var callbacks = new NativeCallbacks { Forward = &OnForward, Backward = &OnBackward, Release = &OnRelease };
                nint* results;
                int count;
                // Freed when libtorch releases the call.
                var state = GCHandle.ToIntPtr(GCHandle.Alloc(this));
                fixed (nint* i = inputs)
                    count = NativeMethods.dlm_function_apply(i, inputs.Length, &callbacks, state, &results);
                GC.KeepAlive(tensors);
                // Backward reads what was saved, not the arguments.
                _vars = null;
                _failure?.Throw();
                NativeMethods.Check(count);
                return Taken(results, count);
            }

            // An argument that is no tensor has no place among those that libtorch knows.
            private List<Tensor?> Checked(List<Tensor> gradients)
            {
                if (gradients.Count < _isTensor.Length || gradients.Skip(_isTensor.Length).Any(g => g is not null))
                    throw new InvalidOperationException($"{Name} returned {gradients.Count} gradients for {_isTensor.Length} arguments.");
                var kept = new List<Tensor?>();
                for (var i = 0; i < _isTensor.Length; i++)
                {
                    if (_isTensor[i])
                        kept.Add(gradients[i]);
                    else if (gradients[i] is { IsInvalid: false })
                        throw new InvalidOperationException($"{Name} returned a gradient for argument {i + 1}, which is no tensor.");
                }
                return kept;
            }

            private int Run(nint context, nint** results, Func<List<Tensor?>> half)
            {
                try
                {
                    _context.Enter(context);
                    var tensors = half();
                    var handles = (nint*)NativeMethods.dlm_allocate((tensors.Count + 1) * sizeof(nint));
                    for (var i = 0; i < tensors.Count; i++)
                        handles[i] = tensors[i] is { IsInvalid: false } tensor ? NativeMethods.dlm_tensor_retain(tensor.Handle) : 0;
                    GC.KeepAlive(tensors);
                    *results = handles;
                    return tensors.Count;
                }
                catch (Exception failure)
                {
                    // No exception may pass through native frames: libtorch throws one of its own with this text.
                    _failure = ExceptionDispatchInfo.Capture(failure);
                    NativeMethods.dlm_set_error($"{Name}: {failure.Message}");
                    return -1;
                }
            }

            private static CustomCall Of(nint state) => (CustomCall)GCHandle.FromIntPtr(state).Target!;

            [UnmanagedCallersOnly]
            private static int OnForward(nint state, nint context, nint** results)
            {
                var call = Of(state);
                return call.Run(context, results, () => call.Forward(call._context, call._vars!)!);
            }

            [UnmanagedCallersOnly]
            private static int OnBackward(nint state, nint context, nint* gradients, int count, nint** results)
            {
                var call = Of(state);
                var tensors = new List<Tensor>(count);
                for (var i = 0; i < count; i++)
                    tensors.Add(Tensor.FromHandle(gradients[i]));
                return call.Run(context, results, () => call.Checked(call.Backward(call._context, tensors)));
            }

            [UnmanagedCallersOnly]
            private static void OnRelease(nint state)
            {
                var handle = GCHandle.FromIntPtr(state);
                ((CustomCall)handle.Target!)._context.Dispose();
                handle.Free();
            }
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct NativeCallbacks
        {
            public delegate* unmanaged<nint, nint, nint**, int> Forward;
            public delegate* unmanaged<nint, nint, nint*, int, nint**, int> Backward;
            public delegate* unmanaged<nint, void> Release;
        }
    }
}
