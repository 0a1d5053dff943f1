using Dlm.Runtime.Data;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Tests.Training;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Diagnosis;

public sealed class NonFiniteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_module_whose_output_is_not_finite_is_named_and_nothing_is_learnt()
    {
        using Net network = new(("fc1", nn.Linear(2, 4)), ("block", nn.Sequential(("log", new Function("Log", x => x.log())), ("relu", nn.ReLU()))), ("fc2", nn.Linear(4, 1)));
        byte[] before = [];

        NonFiniteLossException error = Fail(network, Points(40), Run.Quiet, new AfterStep((_, progress) =>
        {
            if (progress.Step != 2) return;
            using var unrecorded = no_grad();
            network.get_parameter("layers.fc1.bias")!.fill_(-100); // from the next step on there are logarithms of negative numbers
            before = Bytes(network);
        }), positive: true);

        Assert.StartsWith("The loss is not a number at step 3 (epoch 1, batch 3), whose batch holds the samples 20, 21,", error.Message, StringComparison.Ordinal);
        Assert.Contains("The first module whose output was not finite is 'layers.block.log' (Function): 40 of 40 values. Nothing was learnt from this batch.", error.Message, StringComparison.Ordinal);
        Assert.Equal(("'layers.block.log' (Function)", null, 3), (error.Module, error.Parameter, error.Step));
        Assert.Equal(before, Bytes(network));
    }

    [Fact]
    public void A_damaged_sample_is_named()
    {
        using Net network = new(("norm", nn.BatchNorm1d(2)), ("fc", nn.Linear(2, 1)));

        NonFiniteLossException error = Fail(network, Points(40, damaged: [13, 17]));

        Assert.Contains("at step 2 (epoch 1, batch 2)", error.Message, StringComparison.Ordinal);
        Assert.Contains("The batch itself has numbers that are not finite: its 'input', in the samples 13, 17.", error.Message, StringComparison.Ordinal);
        Assert.Contains("The first module whose output was not finite is 'layers.norm' (BatchNorm1d)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_chance_did_is_done_again()
    {
        using Net network = new(("fc1", nn.Linear(2, 4)), ("chance", new Function("Chance", x => x / (rand(1) < 0.9f).to(x.dtype))), ("fc2", nn.Linear(4, 1)));

        NonFiniteLossException error = Fail(network, Points(400));

        Assert.True(error.Step > 1);
        Assert.Equal("'layers.chance' (Function)", error.Module);
    }

    [Fact]
    public void Modules_of_any_signature_are_listened_to()
    {
        using Sequence network = new();

        NonFiniteLossException error = Fail(network, Points(40, damaged: [3]));

        Assert.Equal("'lstm' (LSTM)", error.Module);
    }

    [Fact]
    public void Where_all_modules_are_finite_it_is_the_loss()
    {
        using Net network = new(("fc", nn.Linear(2, 1)));

        NonFiniteLossException error = Fail(network, Points(40), loss: (output, target) => (output * 0 - 1).log().mean());

        Assert.Contains("The outputs of all modules were finite: the numbers go wrong in the loss that is made of them.", error.Message, StringComparison.Ordinal);
        Assert.Null(error.Module);
    }

    [Fact]
    public void A_gradient_is_found_out_before_the_step_where_that_is_asked_for()
    {
        using Net network = new(("fc", nn.Linear(2, 1)));
        byte[] before = Bytes(network);

        NonFiniteLossException error = Fail(network, Points(40), Run.Quiet with { DetectAnomaly = true }, loss: (output, _) => (output * 0).sqrt().mean());

        Assert.StartsWith("The gradient of 'layers.fc.weight' is not finite at step 1", error.Message, StringComparison.Ordinal);
        Assert.Equal("layers.fc.weight", error.Parameter);
        Assert.Equal(before, Bytes(network));
    }

    [Fact]
    public void Otherwise_the_parameters_that_it_spoilt_are_named()
    {
        using Net network = new(("fc1", nn.Linear(2, 3)), ("fc2", nn.Linear(3, 1)));
        int calls = 0;

        NonFiniteLossException error = Fail(network, Points(40), loss: (output, target) => ++calls == 2 ? (output * 0).sqrt().mean() : Losses.MeanSquaredError(output, target));

        Assert.Equal(3, error.Step);
        Assert.Contains("The parameter 'layers.fc1.weight' is not finite, nor are 3 more: the gradients of an earlier step were not. DetectAnomaly = true stops at that step", error.Message, StringComparison.Ordinal);
        Assert.Equal("'layers.fc1' (Linear)", error.Module);
    }

    [Fact]
    public void A_loss_that_is_read_later_is_explained_with_the_last_good_weights()
    {
        // This objective steps by means of its own, as a GPU's losses are: what they are is known only when they are shown.
        using Net network = new(("fc1", nn.Linear(2, 4)), ("fc2", nn.Linear(4, 1)));
        using OwnSteps objective = new(network);
        Trainer trainer = new(objective, Run.Quiet with { Epochs = 3, CheckpointFolder = _folder.Path });
        trainer.Callbacks.Add(new AfterStep((_, progress) => objective.Poisoned = progress.Step >= 6));

        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => trainer.Fit(new DataLoader(Points(40, damaged: []), 10)));

        string checkpoint = _folder.File("step-00000004.safetensors");
        Assert.StartsWith("The loss is not a number at step 7 (epoch 2, batch 3), whose batch holds the samples 20, 21,", error.Message, StringComparison.Ordinal);
        Assert.Contains("The networks were given back the weights of the last checkpoint, and the step was made again with those.", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"The last checkpoint is {checkpoint}", error.Message, StringComparison.Ordinal);
        Assert.All(network.parameters(), parameter => Assert.Equal(parameter.numel(), parameter.isfinite().sum().item<long>()));
    }

    [Fact]
    public void Of_several_losses_the_one_that_went_wrong_is_named()
    {
        using Net first = new(("fc", nn.Linear(2, 1))), second = new(("log", new Function("Log", x => (x * 0 - 1).log())), ("fc", nn.Linear(2, 1)));
        using Pair objective = new(first, second);

        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => new Trainer(objective, Run.Quiet).Fit(new DataLoader(Points(40), 10)));

        Assert.StartsWith("The loss that 'second_steps' minimizes is not a number at step 1", error.Message, StringComparison.Ordinal);
        Assert.Equal("'second.layers.log' (Function)", error.Module);
        Assert.DoesNotContain("Nothing was learnt", error.Message, StringComparison.Ordinal); // the first network has made its step
    }

    private static NonFiniteLossException Fail(
        nn.Module<Tensor, Tensor> network, IDataset data, TrainerOptions? options = null, ICallback? callback = null, Loss? loss = null, bool positive = false)
    {
        manual_seed(3);
        if (positive)
        {
            using var unrecorded = no_grad();
            foreach (var parameter in network.parameters()) parameter.abs_().add_(0.1f);
        }

        using Sgd optimizer = new(network, 1e-3);
        Trainer trainer = new(new Supervised(network, loss ?? Losses.MeanSquaredError, optimizer), options ?? Run.Quiet);
        if (callback is not null) trainer.Callbacks.Add(callback);
        return Assert.Throws<NonFiniteLossException>(() => trainer.Fit(new DataLoader(data, 10)));
    }

    private static byte[] Bytes(nn.Module network) => [.. network.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.detach().bytes.ToArray())];

    private static PointSet Points(int count, params long[] damaged) => new(count, damaged);

    private sealed class PointSet(int count, long[] damaged) : IDataset
    {
        public long Count => count;

        public Batch Read(ReadOnlySpan<long> indices)
        {
            float[] numbers = [.. indices.ToArray().SelectMany(i => (float[])[damaged.Contains(i) ? float.NaN : 0.1f + i / (float)count, 1])];
            Tensor input = tensor(numbers).reshape(indices.Length, 2);
            return new Batch(indices, (Batch.InputName, input), (Batch.TargetName, zeros(indices.Length, 1)));
        }
    }

    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> _layers;

        public Net(params (string Name, nn.Module<Tensor, Tensor> Layer)[] layers)
            : base(nameof(Net)) => register_module("layers", _layers = nn.Sequential(layers));

        public override Tensor forward(Tensor input) => _layers.call(input);

        protected override void RegisterComponents()
        {
        }
    }

    private sealed class Function(string name, Func<Tensor, Tensor> function) : nn.Module<Tensor, Tensor>(name)
    {
        public override Tensor forward(Tensor input) => function(input);

        protected override void RegisterComponents()
        {
        }
    }

    private sealed class Sequence : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.LSTM _lstm = nn.LSTM(1, 3, batchFirst: true);
        private readonly nn.Module<Tensor, Tensor> _head = nn.Linear(3, 1);

        public Sequence()
            : base(nameof(Sequence))
        {
            register_module("lstm", _lstm);
            register_module("head", _head);
        }

        public override Tensor forward(Tensor input)
        {
            (Tensor output, _, _) = _lstm.call(input.unsqueeze(2));
            return _head.call(output[.., -1]);
        }

        protected override void RegisterComponents()
        {
        }
    }

    private sealed class OwnSteps(Net network) : Objective, IDisposable
    {
        private readonly Sgd _optimizer = new(network, 1e-3);

        public bool Poisoned { get; set; }

        public override IReadOnlyList<(string Name, nn.Module Network)> Networks => [("", network)];

        public override IReadOnlyList<(string Name, Optimizer Optimizer)> Optimizers => [("optimizer", _optimizer)];

        public override Tensor[] TrainStep(Batch batch, IReadOnlyList<IMetric> metrics, StepPlan plan)
        {
            Tensor loss = EvaluateStep(batch, metrics)[0];
            loss.backward();
            _optimizer.Step();
            _optimizer.ZeroGradients();
            return [loss];
        }

        public override Tensor[] EvaluateStep(Batch batch, IReadOnlyList<IMetric> metrics) =>
            [Losses.MeanSquaredError(network.call(batch.Input), batch.Target) * (Poisoned ? double.NaN : 1)];

        public void Dispose() => _optimizer.Dispose();
    }

    private sealed class Pair(Net first, Net second) : Objective, IDisposable
    {
        private readonly Sgd _forFirst = new(first, 1e-3), _forSecond = new(second, 1e-3);

        public override IReadOnlyList<(string Name, nn.Module Network)> Networks => [("first", first), ("second", second)];

        public override IReadOnlyList<(string Name, Optimizer Optimizer)> Optimizers => [("first_steps", _forFirst), ("second_steps", _forSecond)];

        public override IReadOnlyList<string> LossNames => ["first", "second"];

        public override Tensor[] TrainStep(Batch batch, IReadOnlyList<IMetric> metrics, StepPlan plan)
        {
            Tensor one = Losses.MeanSquaredError(first.call(batch.Input), batch.Target);
            Minimize(one, _forFirst, plan);
            Tensor two = Losses.MeanSquaredError(second.call(batch.Input), batch.Target);
            Minimize(two, _forSecond, plan);
            return [one, two];
        }

        public override Tensor[] EvaluateStep(Batch batch, IReadOnlyList<IMetric> metrics) => throw new NotSupportedException();

        public void Dispose()
        {
            _forFirst.Dispose();
            _forSecond.Dispose();
        }
    }
}
