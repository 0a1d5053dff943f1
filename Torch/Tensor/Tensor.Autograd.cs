namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Flag(0);
            set
            {
                NativeMethods.Check(NativeMethods.dlm_tensor_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true) => with_requires_grad(requires_grad);

        public Tensor with_requires_grad(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>The gradient that backward passes added up here; a new object each time, null where there is none.</summary>
        public Tensor? grad
        {
            get
            {
                var gradient = NativeMethods.dlm_tensor_grad(Handle);
                GC.KeepAlive(this);
                return FromHandle(gradient);
            }
            set
            {
                NativeMethods.Check(NativeMethods.dlm_tensor_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(value);
                GC.KeepAlive(this);
            }
        }

        /// <summary>Keeps the gradient of a tensor that is no leaf, too.</summary>
        public void retain_grad() => Aten.retain_grad.Run(this);

        public void backward() => autograd.backward([this]);

        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        public Tensor detach() => Aten.detach.Call(this);
        public Tensor detach_() => Aten.detach_.InPlace(this);
        public Tensor alias() => Aten.alias.Call(this);
        public Tensor clone() => Aten.clone.Call(this);
    }

    public static unsafe partial class autograd
    {
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            var roots = Handles(tensors);
            var gradients = grad_tensors is null ? new nint[roots.Length] : Handles(grad_tensors);
            var leaves = inputs is null ? [] : Handles(inputs);
            fixed (nint* t = roots, g = gradients, i = leaves)
                NativeMethods.Check(NativeMethods.dlm_backward(
                    t, roots.Length, g, gradients.Length, retain_graph ?? create_graph ? 1 : 0, create_graph ? 1 : 0, i, leaves.Length));
            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        /// <summary>The gradients of the outputs by the inputs; null at the place of an input that no output depends on.</summary>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var roots = Handles(outputs);
            var leaves = Handles(inputs);
            var gradients = grad_outputs is null ? new nint[roots.Length] : Handles(grad_outputs);
            var results = new nint[leaves.Length];
            fixed (nint* o = roots, i = leaves, g = gradients, r = results)
                NativeMethods.Check(NativeMethods.dlm_grad(
                    o, roots.Length, i, leaves.Length, g, gradients.Length,
                    retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, r));
            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return Array.ConvertAll(results, Tensor.FromHandle);
        }

        private static nint[] Handles(IList<Tensor> tensors)
        {
            var handles = new nint[tensors.Count];
            for (var i = 0; i < handles.Length; i++)
                handles[i] = tensors[i]?.Handle ?? 0;
            return handles;
        }
    }
}
