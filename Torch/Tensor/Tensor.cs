using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A tensor of libtorch: a handle on an <c>at::Tensor</c>. Dispose of it, or make it in a <see cref="DisposeScope"/>;
    /// what is forgotten is freed by the garbage collector, some time.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long _totalCount;
        private static long _peakCount;

        private nint _handle;

        internal Tensor(nint handle)
        {
            _handle = handle;
            var count = Interlocked.Increment(ref _totalCount);
            if (count > _peakCount)
                _peakCount = count;
            OwningDisposeScope = DisposeScopeManager.OfThread.Register(this);
        }

        /// <summary>Wraps a handle that libdlmtorch returned; an undefined tensor, handle 0, is null.</summary>
        internal static Tensor FromHandle(nint handle) => handle == 0 ? null! : new Tensor(handle);

        ~Tensor() => Dispose(false);

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>How many tensors this process holds.</summary>
        public static long TotalCount => Interlocked.Read(ref _totalCount);

        public static long PeakCount => _peakCount;

        /// <summary>Whether this tensor was disposed of.</summary>
        public bool IsInvalid => _handle == 0;

        /// <summary>The <c>at::Tensor*</c>.</summary>
        /// <exception cref="InvalidOperationException">The tensor was disposed of.</exception>
        public nint Handle
        {
            get
            {
                if (_handle == 0)
                    ThrowInvalid();
                return _handle;
            }
        }

        [System.Diagnostics.CodeAnalysis.DoesNotReturn]
        private static void ThrowInvalid() => throw new InvalidOperationException("Tensor invalid -- empty handle.");

        /// <summary>Takes the handle away: this object is invalid afterwards, and the caller owns the <c>at::Tensor</c>.</summary>
        public nint DecoupleFromNativeHandle()
        {
            var handle = Handle;
            Forget();
            GC.SuppressFinalize(this);
            return handle;
        }

        /// <summary>A tensor over a handle that the caller gives away.</summary>
        public static Tensor UnsafeCreateTensor(nint handle) => new(handle);

        /// <inheritdoc/>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (_handle == 0)
                return;
            var handle = _handle;
            if (disposing)
                Forget();
            else
            {
                _handle = 0;
                Interlocked.Decrement(ref _totalCount);
            }
            NativeMethods.dlm_tensor_free(handle);
        }

        private void Forget()
        {
            _handle = 0;
            Interlocked.Decrement(ref _totalCount);
            if (OwningDisposeScope is { } scope)
                scope.MarkAsDisposed(this);
            else
                DisposeScopeManager.OfThread.DisposedOutside(this);
        }

        // ---- scopes

        /// <summary>Takes the tensor out of its scope: it lives until it is disposed of by hand.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>As <see cref="DetachFromDisposeScope"/>; TorchSharp keeps its misspelled first name.</summary>
        public Tensor DetatchFromDisposeScope() => DetachFromDisposeScope();

        /// <summary>Gives the tensor to the scope around its own; to none, where there is none.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope!);

        public Tensor MoveToOtherDisposeScope(DisposeScope other)
        {
            if (OwningDisposeScope is { } scope)
                scope.MoveToOther(other, this);
            else
                other?.Attach(this);
            return this;
        }

        // ---- identity

        /// <summary>Whether the other tensor is of the same shape and holds the same elements.</summary>
        public bool Equals(Tensor target) => Aten.equal.CallBool(this, target);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Tensor tensor && Equals(tensor);

        /// <inheritdoc/>
        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
    }

    public static bool is_tensor(object obj) => obj is Tensor;

    public static long numel(Tensor input) => input.numel();
}
