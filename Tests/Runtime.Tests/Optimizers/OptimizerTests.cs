using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Optimizers.Fused;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace Dlm.Runtime.Tests.Optimizers;

/// <summary>Every optimizer against torch.optim, or its paper's formula in Python: in one native pass, and by tensor operations.</summary>
public sealed class OptimizerTests : IDisposable
{
    private const double Tolerance = 1e-6;
    private const int Steps = 100;
    private static readonly PythonReference Reference = new("Optimizers/reference/optimizers.py");
    private static readonly long[][] Shapes = [[3, 4], [5], [2]];

    private static readonly Dictionary<string, Func<IEnumerable<ParameterGroup>, Optimizer>> Cases = new()
    {
        ["sgd"] = groups => new Sgd(groups, 0.05),
        ["sgd decay"] = groups => new Sgd(groups, 0.05, weightDecay: 0.1),
        ["sgd momentum"] = groups => new Sgd(groups, 0.02, momentum: 0.9, weightDecay: 0.01),
        ["sgd dampening"] = groups => new Sgd(groups, 0.05, momentum: 0.9, dampening: 0.5),
        ["sgd nesterov"] = groups => new Sgd(groups, 0.02, momentum: 0.9, nesterov: true, weightDecay: 0.01),
        ["adam"] = groups => new Adam(groups, 0.01),
        ["adam decay"] = groups => new Adam(groups, 0.02, beta1: 0.8, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.1),
        ["adam amsgrad"] = groups => new Adam(groups, 0.02, beta1: 0.8, beta2: 0.9, weightDecay: 0.01, amsgrad: true),
        ["adamw"] = groups => new AdamW(groups, 0.01),
        ["adamw decay"] = groups => new AdamW(groups, 0.02, beta1: 0.8, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.5),
        ["adamw amsgrad"] = groups => new AdamW(groups, 0.02, beta1: 0.8, beta2: 0.9, amsgrad: true),
        ["rmsprop"] = groups => new RmsProp(groups),
        ["rmsprop decay"] = groups => new RmsProp(groups, 0.02, alpha: 0.9, epsilon: 1e-6, weightDecay: 0.1),
        ["rmsprop momentum"] = groups => new RmsProp(groups, 0.005, alpha: 0.9, momentum: 0.8),
        ["rmsprop centered"] = groups => new RmsProp(groups, 0.01, alpha: 0.9, epsilon: 1e-3, centered: true),
        ["rmsprop centered momentum"] = groups => new RmsProp(groups, 0.005, alpha: 0.9, epsilon: 1e-3, momentum: 0.8, centered: true, weightDecay: 0.05),
        ["adagrad"] = groups => new Adagrad(groups, 0.1),
        ["adagrad decay"] = groups => new Adagrad(groups, 0.1, rateDecay: 0.02, weightDecay: 0.1, start: 0.5, epsilon: 1e-6),
        ["adadelta"] = groups => new Adadelta(groups),
        ["adadelta decay"] = groups => new Adadelta(groups, 0.5, rho: 0.8, epsilon: 1e-4, weightDecay: 0.1),
        ["nadam"] = groups => new NAdam(groups, 0.01),
        ["nadam decay"] = groups => new NAdam(groups, 0.02, beta1: 0.8, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.1, momentumDecay: 0.05),
        ["radam"] = groups => new RAdam(groups, 0.01),
        ["radam decay"] = groups => new RAdam(groups, 0.02, beta1: 0.8, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.1),
        ["lion"] = groups => new Lion(groups, 0.01),
        ["lion decay"] = groups => new Lion(groups, 0.005, beta1: 0.8, beta2: 0.95, weightDecay: 0.5),
        ["lamb"] = groups => new Lamb(groups, 0.01),
        ["lamb decay"] = groups => new Lamb(groups, 0.02, beta1: 0.8, beta2: 0.99, epsilon: 1e-5, weightDecay: 0.2),
        ["lars"] = groups => new Lars(groups, 0.5),
        ["lars decay"] = groups => new Lars(groups, 1.0, momentum: 0.8, weightDecay: 0.05, trust: 0.01),
    };

    public static TheoryData<string, bool, bool> AllCases =>
        [.. from name in Cases.Keys from twice in new[] { false, true } from fused in new[] { false, true } select (name, twice, fused)];

    public static TheoryData<string> Names => [.. Cases.Keys];

    public void Dispose() => FusedSteps.Enabled = true;

    [Theory]
    [MemberData(nameof(AllCases))]
    public void Equals_torch_optim_after_a_hundred_steps(string name, bool twice, bool fused)
    {
        Assert.SkipWhen(fused && Optimizer.WhyNotFused is not null, Optimizer.WhyNotFused ?? "");
        FusedSteps.Enabled = fused;

        double[] actual = Run(Cases[name], twice ? ScalarType.Float64 : ScalarType.Float32);

        PythonReference.Close(Reference.Numbers(name, twice ? "float64" : "float32"), actual, twice ? 1e-9 : Tolerance);
    }

    // Long enough for several pieces, threads and slices, with lengths that are no multiple of any vector's.
    [Theory]
    [MemberData(nameof(Names))]
    public void The_native_pass_equals_tensor_operations_on_large_buffers(string name)
    {
        Assert.SkipWhen(Optimizer.WhyNotFused is not null, Optimizer.WhyNotFused ?? "");

        double[] native = RunLarge(name, fused: true), operations = RunLarge(name, fused: false);

        PythonReference.Close(operations, native, Tolerance);
    }

    [Fact]
    public Task The_reference_file_is_what_torch_optim_gives_today() => Reference.RequireSame(Tolerance);

    private static double[] Run(Func<IEnumerable<ParameterGroup>, Optimizer> make, ScalarType type)
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [.. Shapes.Select((shape, index) => new Parameter(Wave(shape, index, type)))];
        using Optimizer optimizer = make([new ParameterGroup(parameters.Select((parameter, i) => ($"p{i}", parameter)))]);
        for (int step = 0; step < Steps; step++)
        {
            optimizer.ZeroGradients();
            Tensor loss = zeros([], dtype: type);
            for (int i = 0; i < parameters.Length; i++)
            {
                // The loss reaches the second parameter only in two steps of three, and the third not at all.
                if (i == 2 || i == 1 && step % 3 == 1) continue;
                loss += (0.15 * parameters[i] * parameters[i] + Wave(Shapes[i], 0.1 * step + i, type) * parameters[i]).sum();
            }

            loss.backward();
            optimizer.Step();
        }

        return [.. parameters.SelectMany(parameter => parameter.detach().to(ScalarType.Float64).ToArray<double>())];
    }

    private static double[] RunLarge(string name, bool fused)
    {
        FusedSteps.Enabled = fused;
        using var scope = NewDisposeScope();
        manual_seed(3);
        Parameter[] parameters = [.. new long[] { 100_003, 17, 1, 70_001 }.Select(length => new Parameter(randn(length)))];
        using Optimizer optimizer = Cases[name]([new ParameterGroup(parameters.Select((parameter, i) => ($"p{i}", parameter)))]);
        for (int step = 0; step < 3; step++)
        {
            foreach (Parameter parameter in parameters) parameter.grad = randn(parameter.shape);
            optimizer.Step();
        }

        return [.. parameters.SelectMany(parameter => parameter.detach().to(ScalarType.Float64).ToArray<double>())];
    }

    private static Tensor Wave(long[] shape, double phase, ScalarType type)
    {
        double[] values = [.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(i => Math.Sin(0.7 * i + phase))];
        return tensor(values, shape, dtype: type);
    }
}
