namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// One index: a number, a slice, a truth value, a tensor, a new axis (None), or as many dimensions as are left (Ellipsis).
    /// </summary>
    public struct TensorIndex
    {
        private enum Kind { Colon, None, Ellipsis, Null, Bool, Single, Slice, Tensor }

        private Kind _kind;
        private long _start;
        private long? _stop;
        private long _step;
        private Tensor? _tensor;

        /// <summary>All of a dimension.</summary>
        public static readonly TensorIndex Colon = new() { _kind = Kind.Colon };

        /// <summary>A new dimension of size 1.</summary>
        public static readonly TensorIndex None = new() { _kind = Kind.None };

        /// <summary>All of every dimension that no other index speaks of.</summary>
        public static readonly TensorIndex Ellipsis = new() { _kind = Kind.Ellipsis };

        /// <summary>All of a dimension, as <see cref="Colon"/>.</summary>
        public static readonly TensorIndex Null = new() { _kind = Kind.Null };

        public static TensorIndex Bool(bool value) => new() { _kind = Kind.Bool, _start = value ? 1 : 0 };

        public static TensorIndex Single(long? index) => index is { } i ? new() { _kind = Kind.Single, _start = i } : Null;

        public static TensorIndex Tensor(Tensor tensor) => new() { _kind = Kind.Tensor, _tensor = tensor };

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { _kind = Kind.Slice, _start = start ?? 0, _stop = stop, _step = step ?? 1 };

        public static TensorIndex Slice((int?, int?) range) => Slice(range.Item1, range.Item2);

        public static TensorIndex Slice(Range range)
        {
            long? start = !range.Start.IsFromEnd ? range.Start.Value : -range.Start.Value;
            long? stop = !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value;
            return Slice(start, stop);
        }

        public static implicit operator TensorIndex(long value) => Single(value);
        public static implicit operator TensorIndex((int?, int?) range) => Slice(range);
        public static implicit operator TensorIndex(Range range) => Slice(range);
        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);
        public static implicit operator Tensor(TensorIndex value) => value._kind switch
        {
            Kind.Tensor => value._tensor!,
            Kind.Single => tensor(value._start),
            _ => throw new InvalidCastException($"A {value._kind} index is not a tensor."),
        };

        private readonly int Consumes => _kind switch
        {
            Kind.None or Kind.Ellipsis or Kind.Bool => 0,
            Kind.Tensor when _tensor!.dtype is ScalarType.Bool or ScalarType.Byte => (int)_tensor.dim(),
            _ => 1,
        };

        /// <summary>
        /// Views the tensor by everything but tensors of indices, which are returned one a dimension of the view; null if there are none.
        /// </summary>
        internal static (Tensor View, Tensor?[]? Tensors) Apply(Tensor self, TensorIndex[] indices)
        {
            var consumed = indices.Sum(index => index.Consumes);
            var dims = (int)self.dim();
            if (consumed > dims)
                throw new ArgumentException($"{consumed} indices for a tensor of {dims} dimensions.");

            using var scope = NewDisposeScope();
            var view = self.alias();
            var tensors = new List<Tensor?>();
            var any = false;
            var dim = 0;
            void Pass(int count)
            {
                dim += count;
                for (var i = 0; i < count; i++)
                    tensors.Add(null);
            }
            foreach (var index in indices)
            {
                switch (index._kind)
                {
                    case Kind.Single:
                        view = view.select(dim, index._start);
                        break;
                    case Kind.Slice:
                        view = view.slice(dim, index._start, index._stop ?? long.MaxValue, index._step);
                        Pass(1);
                        break;
                    case Kind.None:
                        view = view.unsqueeze(dim);
                        Pass(1);
                        break;
                    case Kind.Ellipsis:
                        Pass(dims - consumed);
                        break;
                    case Kind.Bool:
                        view = view.unsqueeze(dim);
                        tensors.Add(torch.tensor(index._start != 0).unsqueeze(0).MoveToOuterDisposeScope());
                        dim++;
                        any = true;
                        break;
                    case Kind.Tensor:
                        tensors.Add(index._tensor!);
                        dim += index.Consumes;
                        any = true;
                        break;
                    default:
                        Pass(1);
                        break;
                }
            }
            return (view.MoveToOuterDisposeScope(), any ? tensors.ToArray() : null);
        }
    }
}
