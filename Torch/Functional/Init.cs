namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Draws of parameters, as PyTorch makes them and in the same order, so that one seed gives both the same.</summary>
        public static class init
        {
            /// <summary>Whether the width of the input or of the output keeps its variance.</summary>
            public enum FanInOut { FanIn = 0, FanOut = 1 }

            /// <summary>What follows a layer, for its gain.</summary>
            public enum NonlinearityType
            {
                Linear = 0, Conv1D = 1, Conv2D = 2, Conv3D = 3, ConvTranspose1D = 4, ConvTranspose2D = 5, ConvTranspose3D = 6,
                Sigmoid = 7, Tanh = 8, ReLU = 9, LeakyReLU = 10,
            }

            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2.0),
                NonlinearityType.LeakyReLU => Math.Sqrt(2.0 / (1 + param * param)),
                _ => 1,
            };

            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                Unrecorded(tensor, t => t.uniform_(low, high, generator));

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Unrecorded(tensor, t => t.normal_(mean, std, generator));

            public static Tensor constant_(Tensor tensor, Scalar val) => Unrecorded(tensor, t => t.fill_(val));

            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            public static Tensor eye_(Tensor tensor)
            {
                if (tensor.dim() != 2)
                    throw new ArgumentException("Only tensors with 2 dimensions are supported");
                using var identity = eye(tensor.size(0), tensor.size(1), tensor.dtype, tensor.device);
                return Unrecorded(tensor, t => t.copy_(identity));
            }

            /// <summary>The identity of a convolution: each channel is handed on, as far as there are channels.</summary>
            public static Tensor dirac_(Tensor tensor)
            {
                if (tensor.dim() is < 3 or > 5)
                    throw new ArgumentException("Only tensors with 3, 4, or 5 dimensions are supported");
                using var scope = NewDisposeScope();
                using var guard = no_grad();
                tensor.zero_();
                var middle = tensor;
                for (var i = 2; i < tensor.dim(); i++)
                    middle = middle.select(2, tensor.size(i) / 2);
                middle.copy_(eye(tensor.size(0), tensor.size(1), tensor.dtype, tensor.device));
                return tensor;
            }

            /// <summary>A normal distribution of which, in each column, a part is zero.</summary>
            public static Tensor sparse_(Tensor tensor, double sparsity, double std = 0.01)
            {
                if (tensor.dim() != 2)
                    throw new ArgumentException("Only tensors with 2 dimensions are supported");
                using var guard = no_grad();
                tensor.normal_(0, std);
                var zeros = (long)Math.Ceiling(sparsity * tensor.size(0));
                for (var column = 0; column < tensor.size(1); column++)
                {
                    using var scope = NewDisposeScope();
                    var rows = randperm(tensor.size(0)).narrow(0, 0, zeros);
                    tensor.select(1, column).index_fill_(0, rows, 0);
                }
                return tensor;
            }

            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                var bound = Math.Sqrt(3.0) * (gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor xavier_normal_(Tensor tensor, double gain = 1)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return normal_(tensor, 0, gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
            }

            public static Tensor glorot_uniform_(Tensor tensor, double gain = 1) => xavier_uniform_(tensor, gain);

            public static Tensor glorot_normal_(Tensor tensor, double gain = 1) => xavier_normal_(tensor, gain);

            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3.0) * (calculate_gain(nonlinearity, a) / Math.Sqrt(Fan(tensor, mode)));
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, calculate_gain(nonlinearity, a) / Math.Sqrt(Fan(tensor, mode)));

            /// <summary>A normal distribution cut off at a and b, by the inverse of its distribution function.</summary>
            public static Tensor trunc_normal_(
                Tensor tensor, double mean = 0, double std = 1, double a = -2, double b = 2, Generator? generator = null)
            {
                static double Below(double x) => (1 + Erf(x / Math.Sqrt(2))) / 2;
                double low = Below((a - mean) / std), high = Below((b - mean) / std);
                return Unrecorded(tensor, t => t
                    .uniform_(2 * low - 1, 2 * high - 1, generator).erfinv_()
                    .mul_(std * Math.Sqrt(2)).add_(mean).clamp_((Scalar)a, (Scalar)b));
            }

            /// <summary>Rows, or columns where there are fewer of them, at right angles to one another.</summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1)
            {
                if (tensor.dim() < 2)
                    throw new ArgumentException("Only tensors with 2 or more dimensions are supported");
                if (tensor.numel() == 0)
                    return tensor;
                using var scope = NewDisposeScope();
                using var guard = no_grad();
                long rows = tensor.size(0), columns = tensor.numel() / rows;
                var flat = randn(rows, columns, tensor.dtype, tensor.device);
                var (q, r) = Aten.linalg_qr.Call2(rows < columns ? flat.t() : flat, "reduced");
                q = q.mul_(r.diag().sign());
                tensor.copy_((rows < columns ? q.t() : q).reshape(tensor.shape)).mul_(gain);
                return tensor;
            }

            /// <summary>The number of values that one output is made of, and that one input goes into.</summary>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                    throw new ArgumentException("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
                var field = shape.Skip(2).TotalSize();
                return (shape[1] * field, shape[0] * field);
            }

            /// <summary>What PyTorch's linear layers and convolutions begin with.</summary>
            internal static Tensor DefaultWeight(Tensor weight) => kaiming_uniform_(weight, Math.Sqrt(5));

            internal static Tensor DefaultBias(Tensor bias, long fanIn)
            {
                var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
                return uniform_(bias, -bound, bound);
            }

            private static long Fan(Tensor tensor, FanInOut mode)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return mode == FanInOut.FanIn ? fanIn : fanOut;
            }

            private static Tensor Unrecorded(Tensor tensor, Action<Tensor> fill)
            {
                using (no_grad())
                    fill(tensor);
                return tensor;
            }

            private static double Erf(double x)
            {
                using var value = tensor(x);
                using var result = value.erf();
                return result.item<double>();
            }
        }
    }
}
