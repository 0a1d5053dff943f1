using Dlm.Dsl;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;
using Dlm.Generator.Tests.Harness;
using static TorchSharp.torch;

namespace Dlm.Generator.Tests;

/// <summary>What the generated C# does when it runs.</summary>
public sealed class ExecutionTests : IClassFixture<ExecutionTests.ZooAssembly>
{
    private readonly GeneratedAssembly zoo;

    public ExecutionTests(ZooAssembly fixture) => zoo = fixture.Assembly;

    // A family with a parameter that has no default is tested by its members; those beyond this are the same code as the smaller ones.
    private const long LargestTested = 200_000_000;

    public static TheoryData<string, string> Models => Where(_ => true);

    public static TheoryData<string, string> ModelsOfOneInput => Where(model => model.AtDefaults is { Inputs.Count: 1, Results.Count: 1 });

    private static TheoryData<string, string> Where(Func<ElaboratedModel, bool> isWanted) => new(
        from file in Zoo.All
        from model in Elaborate(file.Text)
        where model.ParameterCount?.Value <= LargestTested && isWanted(model)
        select (file.Path, model.Name));

    [Theory]
    [MemberData(nameof(ModelsOfOneInput))]
    public void ItsOutputHasTheShapeThatTheCompilerPredicts(string path, string name)
    {
        var model = Elaborate(Zoo.All.Single(file => file.Path == path).Text).Single(model => model.Name == name);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var module = Create($"{model.Class.Namespace}.{name}");
        var input = model.AtDefaults.Inputs[0];
        var output = module.call(zeros(Shape(input), dtype: input.Type.Element == ElementType.Int ? ScalarType.Int64 : ScalarType.Float32));
        Assert.Equal(Shape(model.AtDefaults.Results[0]), output.shape);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ItsStateHasTheKeysAndSizesThatTheCompilerPredicts(string path, string name)
    {
        var model = Elaborate(Zoo.All.Single(file => file.Path == path).Text).Single(model => model.Name == name);
        using var module = (nn.Module)zoo.Create($"{model.Class.Namespace}.{name}");
        // TorchSharp lists all parameters before the buffers, PyTorch module by module.
        Assert.Equal(
            model.State.Select(entry => $"{entry.Key} [{string.Join<object>(", ", entry.Weight.Dims)}]").Order(StringComparer.Ordinal),
            module.state_dict().Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value.shape)}]").Order(StringComparer.Ordinal));
        Assert.Equal(
            model.State.Where(entry => !entry.Weight.IsBuffer).Select(entry => entry.Key),
            module.named_parameters().Select(parameter => parameter.name));
        Assert.Equal(model.ParameterCount!.Value, module.parameters().Sum(parameter => parameter.numel()));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ItsInfoAddsUp(string path, string name)
    {
        var model = Elaborate(Zoo.All.Single(file => file.Path == path).Text).Single(model => model.Name == name);
        var type = zoo.Assembly.GetType($"{model.Class.Namespace}.{name}", throwOnError: true)!;
        var rows = (IReadOnlyList<(string Key, string Stage, string Output, long Parameters, long? Macs)>)type.GetProperty("Info")!.GetValue(null)!;
        Assert.Equal(type.GetField("ParameterCount")!.GetRawConstantValue(), rows.Sum(row => row.Parameters));
        if (type.GetField("MultiplyAccumulates") is { } macs) Assert.Equal((long?)(long)macs.GetRawConstantValue()!, rows.Sum(row => row.Macs));
    }

    [Fact]
    public void ArgumentsReachTheLayers()
    {
        using var module = Create("LeNet5", 3L);
        using var output = module.call(zeros(2, 1, 28, 28));
        Assert.Equal([2, 3], output.shape);
    }

    [Fact]
    public void AWrongArgumentIsRefusedByTheConstructor()
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => Create("LeNet5", 0L));
        Assert.Equal("classes", refusal.ParamName);
        Assert.StartsWith("LeNet5: ", refusal.Message);
    }

    [Fact]
    public void AWrongInputIsRefusedByItsShape()
    {
        using var module = Create("LeNet5");
        using var input = zeros(2, 3, 28, 28);
        var refusal = Assert.Throws<ArgumentException>(() => module.call(input));
        Assert.StartsWith("LeNet5 takes [B, 1, 28, 28], but this input is [2, 3, 28, 28].", refusal.Message);
    }

    [Fact]
    public void AModelOutlivesTheScopeItIsMadeIn()
    {
        nn.Module<Tensor, Tensor> module;
        using (NewDisposeScope()) module = Create("LeNet5");
        using (module)
        {
            using var output = module.call(zeros(1, 1, 28, 28));
            Assert.Equal([1, 10], output.shape);
        }
    }

    [Fact]
    public void GradientsReachEveryParameter()
    {
        using var scope = NewDisposeScope();
        var module = Create("LeNet5");
        module.call(ones(2, 1, 28, 28)).sum().backward();
        Assert.All(module.named_parameters(), entry => Assert.True(entry.parameter.grad is not null, entry.name));
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("dropout(0.5) -> relu")]
    [InlineData("flatten -> relu")]
    [InlineData("flatten -> dropout(0.5) -> relu -> relu")]
    [InlineData("{ dropout(0.5) } -> relu")]
    [InlineData("{ flatten } -> relu")]
    [InlineData("dropout(0.5)")]
    [InlineData("Of -> relu")]
    [InlineData("Of -> Of")]
    [InlineData("Kept -> relu")]
    [InlineData("{ Kept } -> relu")]
    [InlineData("repeat i in 0..3 { Kept } -> relu")]
    public void ItsInputIsLeftAlone(string stages)
    {
        using var assembly = GeneratedAssembly.Compile(("a.dlm", $$"""
            namespace A
            model M : [B, 4] -> [B, 4] { {{stages}} }
            block Of : (x: [B, D]) -> [B, D] { relu(x) }
            block Kept : (x: [B, D]) -> [B, D] {
              y = x -> dropout(0.5)
              y -> dropout(0.1)
            }
            """));
        using var module = (nn.Module<Tensor, Tensor>)assembly.Create("A.M");
        module.eval();
        using var mode = no_grad();
        using var input = full(2, 4, -1);
        using (module.call(input)) Assert.Equal(-8, input.sum().item<float>());
        Assert.Equal(-8, input.sum().item<float>());
    }

    [Fact]
    public void AStackTraceShowsTheLineOfTheModel()
    {
        var module = Create("LeNet5");
        module.Dispose();
        using var input = zeros(1, 1, 28, 28);
        var failure = Assert.ThrowsAny<Exception>(() => module.call(input));
        Assert.Contains($"{DlmProject.Directory}Vision/LeNet5.dlm:line 5", failure.StackTrace);
    }

    private static IReadOnlyList<ElaboratedModel> Elaborate(string text) => DlmCompiler.Elaborate(DlmCompiler.Parse("a.dlm", text)).Models;

    /// <summary>The sizes, with 2 for the number of samples and 64 for what else is open, such as the height of an image.</summary>
    private static long[] Shape(GraphValue value) =>
        value.Type.Substitute(symbol => symbol.Name == "B" ? 2 : 64).Dims.Select(dim => dim.Value ?? throw new InvalidOperationException($"{dim} is not known.")).ToArray();

    private nn.Module<Tensor, Tensor> Create(string name, params object?[] arguments) =>
        (nn.Module<Tensor, Tensor>)zoo.Create(name.Contains('.') ? name : $"Dlm.Models.Vision.{name}", arguments);

    /// <summary>All models, compiled once.</summary>
    public sealed class ZooAssembly : IDisposable
    {
        internal GeneratedAssembly Assembly { get; } = GeneratedAssembly.Compile(Zoo.All);

        public void Dispose() => Assembly.Dispose();
    }
}
