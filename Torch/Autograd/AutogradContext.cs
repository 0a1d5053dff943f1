namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class autograd
    {
        /// <summary>What the two halves of a <see cref="Function{T}"/> share: tensors that backward needs, and anything else by name.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> _data = [];
            private nint _native;

            internal AutogradContext() { }

            /// <summary>Whether backward gets zeros for an output that has no gradient, rather than null.</summary>
            public bool MaterializeGrads { get; private set; } = true;

            /// <summary>Keeps tensors for backward; once, in forward. What is changed in place afterwards is an error there.</summary>
            public void save_for_backward(List<Tensor> tensors) => Tell(tensors, &SaveAll);

            /// <summary>Keeps an object that is no tensor.</summary>
            public void save_data(string key, object value) => _data[key] = value;

            /// <summary>What was kept under the key; null where nothing was.</summary>
            public object get_data(string key) => _data.TryGetValue(key, out var value) ? value : null!;

            /// <summary>Says which inputs forward changed in place; once.</summary>
            public void mark_dirty(List<Tensor> tensors) => Tell(tensors, &MarkDirty);

            /// <summary>Says which outputs have no gradient; once.</summary>
            public void mark_non_differentiable(List<Tensor> tensors) => Tell(tensors, &MarkNonDifferentiable);

            public void set_materialize_grads(bool value)
            {
                NativeMethods.Check(NativeMethods.dlm_context_materialize(_native, value ? 1 : 0));
                MaterializeGrads = value;
            }

            /// <summary>The tensors that were kept, each a new object.</summary>
            public List<Tensor> get_saved_variables()
            {
                nint* handles;
                var count = NativeMethods.dlm_context_saved(_native, &handles);
                NativeMethods.Check(count);
                return Taken(handles, count);
            }

            /// <inheritdoc/>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing) => _data.Clear();

            /// <summary>Belongs to a half of the function while that runs.</summary>
            internal void Enter(nint native) => _native = native;

            private static int SaveAll(nint context, nint* tensors, int count) => NativeMethods.dlm_context_save(context, tensors, count);

            private static int MarkDirty(nint context, nint* tensors, int count) => NativeMethods.dlm_context_mark(context, tensors, count, 1);

            private static int MarkNonDifferentiable(
                nint context, nint* tensors, int count) => NativeMethods.dlm_context_mark(context, tensors, count, 0);

            private void Tell(List<Tensor> tensors, delegate*<nint, nint*, int, int> what)
            {
                var handles = Handles(tensors);
                fixed (nint* t = handles)
                    NativeMethods.Check(what(_native, t, handles.Length));
                GC.KeepAlive(tensors);
            }
        }

        /// <summary>An array of handles that the caller was given, as tensors; null where there is none.</summary>
        private static List<Tensor> Taken(nint* handles, int count)
        {
            var tensors = new List<Tensor>(count);
            for (var i = 0; i < count; i++)
                tensors.Add(Tensor.FromHandle(handles[i]));
            NativeMethods.dlm_free(handles);
            return tensors;
        }
    }
}
