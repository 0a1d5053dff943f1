using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Dlm.Torch.Tests;

public class ModuleTests
{
    /// <summary>A module as one writes it by hand: its fields are its parts.</summary>
    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly Linear first = Linear(3, 4);
        private readonly Linear second = Linear(4, 2);
        internal readonly Parameter scale = Parameter(ones(1));
        internal readonly Tensor offset = zeros(1);

        internal Block() : base(nameof(Block)) => RegisterComponents();

        public override Tensor forward(Tensor input) => second.call(first.call(input).relu()) * scale + offset;
    }

    /// <summary>A module that registers its parts itself, as generated code does.</summary>
    private sealed class Listed : Module<Tensor, Tensor>
    {
        internal Listed() : base(nameof(Listed))
        {
            register_module("0", Linear(2, 2));
            register_parameter("w", (Parameter)Parameter(ones(2)).DetachFromDisposeScope());
            register_buffer("b", zeros(2).DetachFromDisposeScope());
            register_module("body", Sequential(("conv", Conv2d(1, 1, 3)), ("act", ReLU())));
        }

        protected override void RegisterComponents() { }

        public override Tensor forward(Tensor input) => ((Module<Tensor, Tensor>)children().First()).call(input) * get_parameter("w")!;
    }

    [Fact]
    public void FieldsBecomeParts()
    {
        using var block = new Block();
        Assert.Equal(["scale", "first.weight", "first.bias", "second.weight", "second.bias"], block.named_parameters().Select(p => p.name));
        Assert.Equal(["offset"], block.named_buffers().Select(b => b.name));
        Assert.Equal(["first", "second"], block.named_children().Select(c => c.name));
        using var x = ones(5, 3);
        using var y = block.call(x);
        Assert.Equal([5, 2], y.shape);
    }

    [Fact]
    public void PartsRegisteredByHand()
    {
        using var module = new Listed();
        Assert.Equal(["w", "0.weight", "0.bias", "body.conv.weight", "body.conv.bias"], module.named_parameters().Select(p => p.name));
        Assert.Equal(["w", "0.weight", "0.bias", "body.conv.weight", "body.conv.bias", "b"], module.state_dict().Keys);
        Assert.Equal(["0", "body", "body.conv", "body.act"], module.named_modules().Select(m => m.name));
        Assert.Equal(3 + 1, module.modules().Count());
        Assert.Equal([1, 1, 3, 3], module.get_parameter("body.conv.weight")!.shape);
        Assert.Null(module.get_parameter("body.none.weight"));
        Assert.Null(module.get_parameter("none"));
        Assert.True(module.has_buffer("b") && module.has_parameter("0.bias") && !module.has_parameter("b"));
        Assert.NotNull(module.get_buffer("b"));
        Assert.Equal("Listed", module.GetName());
    }

    [Fact]
    public void NamesThatCannotBe()
    {
        using var module = new Listed();
        using var part = ReLU();
        Assert.Throws<ArgumentException>(() => module.register_module("a.b", part));
        Assert.Throws<ArgumentException>(() => module.register_module("", part));
        Assert.Throws<ArgumentException>(() => module.register_module("0", part));
        Assert.Throws<ArgumentException>(() => module.register_parameter("w", Parameter(ones(1))));
        Assert.Throws<InvalidOperationException>(() => part.register_buffer("x", ones(1)));
        module.register_module("0", null!);
        Assert.DoesNotContain("0", module.named_children().Select(c => c.name));
    }

    [Fact]
    public void TrainingIsPassedOn()
    {
        using var module = new Listed();
        Assert.True(module.training);
        module.eval();
        Assert.All(module.modules(), part => Assert.False(part.training));
        module.train();
        Assert.All(module.modules(), part => Assert.True(part.training));
        var visited = new List<string>();
        module.apply(part => visited.Add(part.GetName()));
        Assert.Equal(["Linear", "Conv2d", "ReLU", "Sequential", "Listed"], visited);
    }

    [Fact]
    public void ConvertingMakesNewParameters()
    {
        using var block = new Block();
        var before = block.scale;
        using var optimizer = optim.SGD(block.parameters(), 0.1);
        Assert.Same(block, block.to(float64));
        Assert.True(before.IsInvalid);
        Assert.False(block.scale.IsInvalid); // the field follows
        Assert.All(block.parameters(), p => Assert.Equal(float64, p.dtype));
        Assert.Equal(float64, block.offset.dtype);
        Assert.Same(block.scale, block.get_parameter("scale"));
        Assert.Throws<InvalidOperationException>(() => optimizer.step());
        var same = block.scale;
        block.to(float64);
        Assert.Same(same, block.scale);
        Assert.Throws<ArgumentException>(() => block.to(int64));
        using var y = block.call(ones(1, 3, float64));
        Assert.Equal(float64, y.dtype);
    }

    [Fact]
    public void GradientsAndCountersSurviveConverting()
    {
        using var norm = BatchNorm1d(2);
        using (var y = norm.call(tensor(new float[,] { { 1, 2 }, { 3, 6 } })))
        using (var loss = (y * y * y).sum())
            loss.backward();
        norm.to(float64);
        Assert.Equal(int64, norm.num_batches_tracked!.dtype);
        Assert.Equal(1, norm.num_batches_tracked.item<long>());
        Assert.Equal(float64, norm.weight!.grad!.dtype);
        Assert.True(norm.weight.requires_grad && norm.weight.is_leaf);
        Check.Close(norm.running_mean!, [2], 0.2, 0.4);
        Check.Close(norm.running_var!, [2], 0.9 + 0.1 * 2, 0.9 + 0.1 * 8);
    }

    [Fact]
    public void StateIsCopied()
    {
        using var a = new Block();
        using var b = new Block();
        var target = b.scale;
        using (no_grad())
            a.scale.fill_(5);
        var (missing, unexpected) = b.load_state_dict(a.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.Same(target, b.scale);
        Assert.Equal(5, target.item<float>());
        Assert.True(a.get_parameter("first.weight")!.Equals((Tensor)b.get_parameter("first.weight")!));

        var part = a.state_dict();
        part.Remove("scale");
        part["other"] = ones(1);
        Assert.Throws<InvalidOperationException>(() => b.load_state_dict(part));
        (missing, unexpected) = b.load_state_dict(part, strict: false);
        Assert.Equal(["scale"], missing);
        Assert.Equal(["other"], unexpected);
        b.load_state_dict(part, skip: ["scale", "other"]);
    }

    [Fact]
    public void SavedAndLoaded()
    {
        using var a = new Block();
        using var b = new Block();
        using var stream = new MemoryStream();
        a.save(stream);
        stream.Position = 0;
        var loaded = new Dictionary<string, bool>();
        b.load(stream, loadedParameters: loaded);
        Assert.All(loaded.Values, Assert.True);
        Assert.Equal(6, loaded.Count);
        foreach (var (key, tensor) in a.state_dict())
            Assert.True(tensor.Equals(b.state_dict()[key]), key);

        using var other = Linear(3, 4);
        stream.Position = 0;
        Assert.Throws<ArgumentException>(() => other.load(stream));
        stream.Position = 0;
        other.load(stream, strict: false);
        stream.SetLength(stream.Length - 2);
        stream.Position = 0;
        Assert.Throws<EndOfStreamException>(() => b.load(stream));
        Assert.Throws<FileNotFoundException>(() => b.load("/no/such/file"));
    }

    [Fact]
    public void HooksRunAroundForward()
    {
        using var scope = NewDisposeScope();
        using var layer = ReLU();
        var seen = new List<string>();
        var before = layer.register_forward_pre_hook((module, input) => { seen.Add("pre"); return input + 1; });
        var after = layer.register_forward_hook((module, input, output) => { seen.Add("post"); return output * 10; });
        Assert.Equal(20, layer.call(ones(1)).item<float>());
        Assert.Equal(1, layer.forward(ones(1)).item<float>());
        Assert.Equal(["pre", "post"], seen);
        before.remove();
        after.remove();
        Assert.Equal(1, layer.call(ones(1)).item<float>());
    }

    [Fact]
    public void DisposingOfAModuleDisposesOfItsParts()
    {
        var module = new Listed();
        var tensors = module.state_dict().Values.ToList();
        module.Dispose();
        Assert.All(tensors, tensor => Assert.True(tensor.IsInvalid));
    }

    [Fact]
    public void LayersSurviveTheScopeTheyAreMadeIn()
    {
        List<Module> layers;
        using (NewDisposeScope())
            layers = [Linear(1, 1), Conv2d(1, 1, 1), BatchNorm2d(1), LayerNorm(1), GroupNorm(1, 1), Embedding(2, 2), LSTM(1, 1), GRUCell(1, 1), PReLU(1), ConvTranspose2d(1, 1, 1)];
        Assert.All(layers, layer => Assert.All(layer.state_dict().Values, tensor => Assert.False(tensor.IsInvalid)));
        Assert.All(layers, layer => Assert.NotEmpty(layer.parameters()));
        layers.ForEach(layer => layer.Dispose());
    }

    [Fact]
    public void AParameterTakesTheTensorsHandle()
    {
        var data = ones(2);
        using var parameter = Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad && parameter.is_leaf);
        using var frozen = ones(1).AsParameter();
        Assert.False(frozen.requires_grad);
    }

    [Fact]
    public void ASequenceDisposesOfWhatLiesBetween()
    {
        using var scope = NewDisposeScope();
        using var sequence = Sequential(Linear(2, 3), ReLU(true), Dropout(0.5), Linear(3, 1));
        sequence.eval();
        var x = ones(4, 2);
        var made = scope.DisposablesCount;
        var y = sequence.call(x);
        Assert.Equal(made + 1, scope.DisposablesCount);
        Assert.False(x.IsInvalid);
        Assert.Equal([4, 1], y.shape);
        Assert.Equal(["0.weight", "0.bias", "3.weight", "3.bias"], sequence.state_dict().Keys);
        Assert.Equal(4, sequence.Count);
        Assert.IsType<Linear>(sequence[0]);
        Assert.Equal(2, sequence[1..3].Count);
    }

    [Fact]
    public void ListsAndDictionariesOfModules()
    {
        using var list = ModuleList<Module<Tensor, Tensor>>(Linear(1, 1), ReLU());
        list.append(Linear(1, 1));
        using var dict = ModuleDict(("a", (Module)Linear(1, 1)), ("b", ReLU()));
        using var holder = new Holder(list, dict);
        Assert.Equal(["list.0.weight", "list.0.bias", "list.2.weight", "list.2.bias", "dict.a.weight", "dict.a.bias"], holder.named_parameters().Select(p => p.name));
        list.RemoveAt(0);
        Assert.Equal("list.1.weight", holder.named_parameters().First().name);
        Assert.Equal(["a", "b"], dict.keys());
    }

    private sealed class Holder : Module
    {
        internal Holder(Module list, Module dict) : base(nameof(Holder))
        {
            register_module("list", list);
            register_module("dict", dict);
        }
    }

    [Fact]
    public void OneParameterUnderTwoNamesIsListedTwice()
    {
        using var a = Linear(2, 2, false);
        using var b = Linear(a.weight);
        using var both = Sequential(a, b);
        Assert.Equal(2, both.parameters().Count());
        Assert.Single(both.parameters().Distinct());
    }

    [Fact]
    public void GradientsAreCleared()
    {
        using var layer = Linear(2, 1);
        using (var y = layer.call(ones(1, 2)))
            y.backward();
        layer.zero_grad(set_to_none: false);
        Check.Equal(layer.weight.grad!, [1, 2], 0f, 0);
        layer.zero_grad();
        Assert.Null(layer.weight.grad);
    }

    [Fact]
    public void ClippingGradients()
    {
        using var p = Parameter(zeros(2));
        p.grad = tensor(new float[] { 3, 4 });
        Assert.Equal(5, utils.clip_grad_norm_([p], 1), 1e-6);
        Check.Close(p.grad!, [2], 0.6, 0.8);
        Assert.Equal(1, utils.clip_grad_norm_([p], 2), 1e-6);
        Check.Close(p.grad!, [2], 0.6, 0.8);
        utils.clip_grad_value_([p], 0.5);
        Check.Close(p.grad!, [2], 0.5, 0.5);
        utils.vector_to_parameters(tensor(new float[] { 7, 8 }), [p]);
        Check.Close(utils.parameters_to_vector([p]), [2], 7, 8);
    }
}
