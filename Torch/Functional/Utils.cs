using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Functions over all parameters.</summary>
        public static partial class utils
        {
            /// <summary>Scales all gradients so that their common norm is at most a bound, and returns what it was.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                using var guard = no_grad();
                using var scope = NewDisposeScope();
                var gradients = Gradients(tensors);
                if (gradients.Count == 0)
                    return 0;
                var norms = stack(gradients.Select(g => Aten.linalg_vector_norm.Call(g, norm_type).to(gradients[0].device)));
                var total = Aten.linalg_vector_norm.Call(norms, norm_type);
                var factor = (max_norm / (total + 1e-6)).clamp_max(1);
                foreach (var gradient in gradients)
                    gradient.mul_(factor.to(gradient.device));
                return total.ToDouble();
            }

            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var guard = no_grad();
                using var scope = NewDisposeScope();
                foreach (var gradient in Gradients(tensors))
                    gradient.clamp_((Scalar)(-clip_value), (Scalar)clip_value);
            }

            /// <summary>All elements of all parameters in one dimension.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                return cat(tensors.Select(t => t.reshape(-1)).ToArray()).MoveToOuterDisposeScope();
            }

            /// <summary>Copies a vector's elements into the parameters, in turn.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var guard = no_grad();
                using var scope = NewDisposeScope();
                long start = 0;
                foreach (var tensor in tensors)
                {
                    var count = tensor.numel();
                    tensor.copy_(vec.narrow(0, start, count).view_as(tensor));
                    start += count;
                }
            }

            private static List<Tensor> Gradients(IEnumerable<Parameter> tensors) =>
                tensors.Select(t => t.grad).Where(g => g is not null).Select(g => g!).ToList();

            public static partial class rnn
            {
                /// <summary>Sequences of several lengths in one tensor, filled up at their ends.</summary>
                public static Tensor pad_sequence(IEnumerable<Tensor> sequences, bool batch_first = false, double padding_value = 0) =>
                    Aten.pad_sequence.Call(sequences.ToArray(), batch_first, padding_value);
            }
        }
    }
}
