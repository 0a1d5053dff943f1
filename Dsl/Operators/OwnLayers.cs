namespace Dlm.Dsl.Operators;

/// <summary>The C# of layers that TorchSharp lacks. Keys, first values and arithmetic are PyTorch's.</summary>
internal static class OwnLayers
{
    public const string RmsNorm = """
        sealed class DlmRmsNorm : global::TorchSharp.torch.nn.Module<global::TorchSharp.torch.Tensor, global::TorchSharp.torch.Tensor>
        {
            private readonly double eps;
            private readonly bool affine;

            public DlmRmsNorm(long width, double eps, bool affine)
                : base("DlmRmsNorm")
            {
                this.eps = eps;
                this.affine = affine;
                if (affine) register_parameter("weight", new global::TorchSharp.Modules.Parameter(global::TorchSharp.torch.ones(new long[] { width })));
            }

            public override global::TorchSharp.torch.Tensor forward(global::TorchSharp.torch.Tensor input)
            {
                using var square = input.square();
                using var mean = square.mean(new long[] { -1 }, true);
                using var shifted = mean + eps;
                using var scale = shifted.rsqrt();
                if (!affine) return input * scale;
                using var normal = input * scale;
                return normal * get_parameter("weight")!;
            }

            protected override void RegisterComponents()
            {
            }
        }
        """;

    private const string Tensor = "global::TorchSharp.torch.Tensor";

    /// <summary>The class of a layer whose weight is a direction times a length of its own (torch.nn.utils.weight_norm).</summary>
    public static string WeightNorm(string kind) => Normed($"DlmWeightNorm{kind}", kind,
        """
        using var weight = FirstWeight(shape);
                register_parameter("weight_g", new global::TorchSharp.Modules.Parameter(global::TorchSharp.torch.linalg.vector_norm(weight, 2, Others(shape), true)));
                register_parameter("weight_v", new global::TorchSharp.Modules.Parameter(weight.clone()));
        """,
        """
        var direction = get_parameter("weight_v")!;
                using var length = global::TorchSharp.torch.linalg.vector_norm(direction, 2, Others(direction.shape), true);
                using var scale = get_parameter("weight_g")! / length;
                using var weight = direction * scale;
        """,
        """


            private static long[] Others(long[] shape)
            {
                var dims = new long[shape.Length - 1];
                for (var i = 0; i < dims.Length; i++) dims[i] = i + 1;
                return dims;
            }
        """);

    /// <summary>
    /// The class of a layer whose weight is divided by its largest singular value, which a step of the power method follows while training
    /// (torch.nn.utils.spectral_norm).
    /// </summary>
    public static string SpectralNorm(string kind) => Normed($"DlmSpectralNorm{kind}", kind,
        """
        register_parameter("weight_orig", new global::TorchSharp.Modules.Parameter(FirstWeight(shape)));
                var columns = 1L;
                for (var i = 1; i < shape.Length; i++) columns *= shape[i];
                using var left = global::TorchSharp.torch.randn(new long[] { shape[0] });
                using var right = global::TorchSharp.torch.randn(new long[] { columns });
                register_buffer("weight_u", Unit(left));
                register_buffer("weight_v", Unit(right));
        """,
        """
        var original = get_parameter("weight_orig")!;
                using var matrix = original.flatten(1);
                if (training)
                {
                    using (global::TorchSharp.torch.no_grad())
                    {
                        using var transposed = matrix.t();
                        using var rows = transposed.mv(get_buffer("weight_u")!);
                        using var nextRight = Unit(rows);
                        get_buffer("weight_v")!.copy_(nextRight);
                        using var columns = matrix.mv(nextRight);
                        using var nextLeft = Unit(columns);
                        get_buffer("weight_u")!.copy_(nextLeft);
                    }
                }
                using var left = get_buffer("weight_u")!.clone();
                using var right = get_buffer("weight_v")!.clone();
                using var product = matrix.mv(right);
                using var largest = left.dot(product);
                using var weight = original / largest;
        """,
        $$"""


            private static {{Tensor}} Unit({{Tensor}} vector) => global::TorchSharp.torch.nn.functional.normalize(vector, 2, 0);
        """);

    private static string Normed(string name, string kind, string create, string weight, string more)
    {
        var isLinear = kind == "Linear";
        var apply = kind switch
        {
            "Linear" => "linear(input, weight, bias)",
            "Conv1d" => "conv1d(input, weight, bias, stride[0], pad[0], dilation[0], groups)",
            _ => $"{kind.ToLowerInvariant()}(input, weight, bias, stride, pad, dilation, groups)",
        };
        return $$"""
        sealed class {{name}} : global::TorchSharp.torch.nn.Module<{{Tensor}}, {{Tensor}}>
        {
            private readonly bool hasBias;{{(isLinear ? "" : "\n    private readonly long[] stride, pad, dilation;\n    private readonly long groups;")}}

            public {{name}}(long[] shape, bool bias{{(isLinear ? "" : ", long[] stride, long[] pad, long[] dilation, long groups")}})
                : base("{{name}}")
            {
                hasBias = bias;{{(isLinear ? "" : "\n        this.stride = stride;\n        this.pad = pad;\n        this.dilation = dilation;\n        this.groups = groups;")}}
                if (bias) register_parameter("bias", new global::TorchSharp.Modules.Parameter(FirstBias(shape)));
                {{create.Trim()}}
            }

            public override {{Tensor}} forward({{Tensor}} input)
            {
                var bias = hasBias ? get_parameter("bias") : null;
                {{weight.Trim()}}
                return global::TorchSharp.torch.nn.functional.{{apply}};
            }

            protected override void RegisterComponents()
            {
            }

            private static {{Tensor}} FirstWeight(long[] shape)
            {
                var weight = global::TorchSharp.torch.empty(shape);
                global::TorchSharp.torch.nn.init.kaiming_uniform_(weight, global::System.Math.Sqrt(5));
                return weight;
            }

            private static {{Tensor}} FirstBias(long[] shape)
            {
                var inputs = 1.0;
                for (var i = 1; i < shape.Length; i++) inputs *= shape[i];
                var bound = 1 / global::System.Math.Sqrt(inputs);
                return global::TorchSharp.torch.empty(new long[] { shape[0] }).uniform_(-bound, bound);
            }{{more}}
        }
        """;
    }
}
