namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class autograd
    {
        /// <summary>
        /// An operation with a gradient of its own. Derive from <see cref="SingleTensorFunction{T}"/> or
        /// <see cref="MultiTensorFunction{T}"/>, and call <c>apply</c>: forward runs without recording gradients, and backward has to
        /// return one gradient for each argument, null for what is no tensor.
        /// </summary>
        public abstract class Function<T> where T : Function<T>, new()
        {
            private static readonly T Instance = new();

            protected Function() { }

            /// <summary>What messages call it.</summary>
            public abstract string Name { get; }

            public static List<Tensor> apply_internal(params object[] vars) => new FunctionCall(Instance, vars).Apply();

            internal abstract List<Tensor> Forward(AutogradContext ctx, object[] vars);

            internal abstract List<Tensor> Backward(AutogradContext ctx, List<Tensor> gradients);

            // The halves without the type parameter, for the call's native callbacks.
            private sealed class FunctionCall(T function, object[] vars) : CustomCall(vars)
            {
                protected override string Name => function.Name;

                protected override List<Tensor> Forward(AutogradContext ctx, object[] vars) => function.Forward(ctx, vars);

                protected override List<Tensor> Backward(AutogradContext ctx, List<Tensor> gradients) => function.Backward(ctx, gradients);
            }
        }

        /// <summary>A <see cref="Function{T}"/> with one result.</summary>
        public abstract class SingleTensorFunction<T> : Function<T> where T : SingleTensorFunction<T>, new()
        {
            protected SingleTensorFunction() { }

            /// <summary>Runs it, and records it where gradients are recorded.</summary>
            public static Tensor apply(params object[] vars) => apply_internal(vars)[0];

            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> Forward(AutogradContext ctx, object[] vars) => [forward(ctx, vars)];

            internal sealed override List<Tensor> Backward(AutogradContext ctx, List<Tensor> gradients) => backward(ctx, gradients[0]);
        }

        /// <summary>A <see cref="Function{T}"/> with several results.</summary>
        public abstract class MultiTensorFunction<T> : Function<T> where T : MultiTensorFunction<T>, new()
        {
            protected MultiTensorFunction() { }

            /// <summary>Runs it, and records it where gradients are recorded.</summary>
            public static List<Tensor> apply(params object[] vars) => apply_internal(vars);

            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> Forward(AutogradContext ctx, object[] vars) => forward(ctx, vars);

            internal sealed override List<Tensor> Backward(AutogradContext ctx, List<Tensor> gradients) => backward(ctx, gradients);
        }
    }
}
