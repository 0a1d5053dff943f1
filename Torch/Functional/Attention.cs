namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Attention, and what else is composed of several operators.
        public static partial class functional
        {
            /// <summary>
            /// softmax(q kᵀ / √d) v. A mask of truth values says where to look; one of numbers is added. The last parameter's
            /// name is TorchSharp's.
            /// </summary>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0, bool is_casual = false)
            {
                if (p < 0)
                    throw new ArgumentException("Dropout probability must be greater than or equal to zero.", nameof(p));
                if (is_casual && attn_mask is not null)
                    throw new ArgumentException("Casual attention masking cannot pass a mask.", nameof(is_casual));
                if (Aten.scaled_dot_product_attention.Exists)
                    return Aten.scaled_dot_product_attention.Call(query, key, value, attn_mask, p, is_casual);

                // libtorch 1.13 has no such operator. The scores are scaled where they are, without copies of what flows in.
                using var scope = NewDisposeScope();
                var scores = query.matmul(key.transpose(-2, -1)).mul_(1 / Math.Sqrt(query.size(-1)));
                var mask = is_casual ? ones([query.size(-2), key.size(-2)], ScalarType.Bool, query.device).tril() : attn_mask;
                if (mask is { dtype: ScalarType.Bool })
                    scores = scores.masked_fill(mask.logical_not(), double.NegativeInfinity);
                else if (mask is not null)
                    scores = scores + mask;
                var weights = scores.softmax(-1);
                if (p > 0)
                    weights = dropout(weights, p);
                return weights.matmul(value).MoveToOuterDisposeScope();
            }

            /// <summary>Divides by the norm over a dimension.</summary>
            public static Tensor normalize(Tensor input, double p = 2, long dim = 1, double eps = 1e-12)
            {
                using var norm = Aten.norm_ScalarOpt_dim.Call(input, p, dim, true);
                using var bound = norm.clamp_min(eps);
                return input / bound;
            }

            /// <summary>Divides by a power of the mean square over neighbouring channels (Krizhevsky et al., 2012).</summary>
            public static Tensor local_response_norm(Tensor input, long size, double alpha = 0.0001, double beta = 0.75, double k = 1)
            {
                if (input.dim() < 3)
                    throw new ArgumentException($"Expected 3D or higher dimensionality input (got {input.dim()} dimensions)");
                using var scope = NewDisposeScope();
                var shape = input.shape;
                var channels = input.square().reshape(shape[0], 1, shape[1], -1);
                var padded = functional.pad(channels, [0, 0, size / 2, (size - 1) / 2], PaddingModes.Constant, 0);
                var mean = avg_pool2d(padded, [size, 1], [1]).reshape(shape);
                return (input / (mean * alpha + k).pow(beta)).MoveToOuterDisposeScope();
            }

            public static Tensor adaptive_avg_pool3d(Tensor input, (long, long, long) output_size) =>
                Aten.adaptive_avg_pool3d.Call(input, new[] { output_size.Item1, output_size.Item2, output_size.Item3 });

            public static Tensor gaussian_nll_loss(
                Tensor input, Tensor target, Tensor variance, bool full = false, float eps = 1E-06f, Reduction reduction = Reduction.Mean)
            {
                using var scope = NewDisposeScope();
                using (no_grad())
                    if (variance.lt(0).any().item<bool>())
                        throw new ArgumentException("variance has negative entry/entries", nameof(variance));
                var bounded = variance.clone();
                using (no_grad())
                    bounded.clamp_(min: (Scalar)eps);
                var loss = (bounded.log() + (input - target).square() / bounded) * 0.5;
                if (full)
                    loss = loss + 0.5 * Math.Log(2 * Math.PI);
                return Reduced(loss, reduction).MoveToOuterDisposeScope();
            }

            public static Tensor multilabel_soft_margin_loss(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
            {
                using var scope = NewDisposeScope();
                var loss = -(target * logsigmoid(input) + (1 - target) * logsigmoid(-input));
                if (weight is not null)
                    loss = loss * weight;
                return Reduced(loss.mean([-1]), reduction).MoveToOuterDisposeScope();
            }

            public static Tensor triplet_margin_with_distance_loss(
                Tensor anchor, Tensor positive, Tensor negative, Func<Tensor, Tensor, Tensor>? distance = null,
                double margin = 1, bool swap = false, Reduction reduction = Reduction.Mean)
            {
                distance ??= (a, b) => pairwise_distance(a, b);
                using var scope = NewDisposeScope();
                var near = distance(anchor, positive);
                var far = distance(anchor, negative);
                if (swap)
                    far = minimum(far, distance(positive, negative));
                return Reduced((near - far + margin).clamp_min(0), reduction).MoveToOuterDisposeScope();
            }

            private static Tensor Reduced(Tensor loss, Reduction reduction) => reduction switch
            {
                Reduction.Mean => loss.mean(),
                Reduction.Sum => loss.sum(),
                _ => loss,
            };
        }
    }
}
