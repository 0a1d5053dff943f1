using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Drawn;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Training;

public sealed class TwoNetworkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_step_of_one_network_leaves_the_other_without_gradients()
    {
        using Game game = new();
        using Batch batch = DrawnDigits.Draw(8, seed: 1).Read([0, 1, 2, 3]);

        game.TrainStep(batch, [], new StepPlan(1, Update: false, ClipNorm: null));

        Assert.All(game.DiscriminatorGradientsAfterEachStep, norm => Assert.Equal(game.DiscriminatorGradientsAfterEachStep[0], norm));
        Assert.InRange(game.DiscriminatorGradientsAfterEachStep[0], 1e-6, double.MaxValue);
    }

    [Fact]
    public void A_game_is_trained_written_down_and_resumed_bit_for_bit()
    {
        DataLoader loader = new(DrawnDigits.Draw(64, seed: 1), 16, new ShuffledSampler(64, seed: 2));
        TrainerOptions options = Run.Quiet with { Epochs = 3 };
        using Game whole = new();
        FitResult expected = new Trainer(whole, options).Fit(loader);

        using (Game first = new())
        {
            Trainer trainer = new(first, options with { CheckpointFolder = _folder.Path });
            trainer.Callbacks.Add(new AfterStep((t, progress) =>
            {
                if (progress.Step == 5) t.Stop();
            }));
            trainer.Fit(loader);
        }

        using Game second = new();
        FitResult result = new Trainer(second, options).Fit(loader, resumeFrom: _folder.Path);

        Assert.Equal(["discriminator", "generator"], result.History.LossNames);
        Assert.Equal(expected.History.Losses("discriminator"), result.History.Losses("discriminator"));
        Assert.Equal(expected.History.Losses("generator"), result.History.Losses("generator"));
        Assert.Equal(12, result.History.Losses("generator").Length);
        using CheckpointState state = CheckpointFolder.Read(_folder.Path);
        Assert.All((string[])["generator.fc.weight", "discriminator.fc.weight", "discriminator_steps/exp_avg/fc.weight"], key => Assert.Contains(key, state.Tensors.Keys));
    }

    /// <summary>The game of Goodfellow et al. (2014) between two linear layers.</summary>
    private sealed class Game : Objective, IDisposable
    {
        private const int Noise = 8;
        private readonly LinearNet _generator, _discriminator;
        private readonly Adam _forGenerator, _forDiscriminator;

        public Game()
        {
            manual_seed(4);
            (_generator, _discriminator) = (new LinearNet(Noise, 784), new LinearNet(784, 1));
            (_forGenerator, _forDiscriminator) = (new Adam(_generator), new Adam(_discriminator));
        }

        public List<double> DiscriminatorGradientsAfterEachStep { get; } = [];

        public override IReadOnlyList<(string Name, nn.Module Network)> Networks => [("generator", _generator), ("discriminator", _discriminator)];

        public override IReadOnlyList<(string Name, Optimizer Optimizer)> Optimizers => [("generator_steps", _forGenerator), ("discriminator_steps", _forDiscriminator)];

        public override IReadOnlyList<string> LossNames => ["discriminator", "generator"];

        public override Tensor[] TrainStep(Batch batch, IReadOnlyList<IMetric> metrics, StepPlan plan)
        {
            Tensor fake = _generator.call(randn(batch.Count, Noise));
            Tensor telling = Judge(batch.Input, 1) + Judge(fake.detach(), 0), fooling;
            Minimize(telling, _forDiscriminator, plan);
            Note();
            Minimize(fooling = Judge(fake, 1), _forGenerator, plan);
            Note();
            return [telling, fooling];
        }

        public override Tensor[] EvaluateStep(Batch batch, IReadOnlyList<IMetric> metrics) => [Judge(batch.Input, 1)];

        public void Dispose()
        {
            _forGenerator.Dispose();
            _forDiscriminator.Dispose();
            _generator.Dispose();
            _discriminator.Dispose();
        }

        private void Note() => DiscriminatorGradientsAfterEachStep.Add(_forDiscriminator.Groups[0].Parts[0].Gradients.Gather().to(ScalarType.Float64).ToArray<double>().Sum(Math.Abs));

        private Tensor Judge(Tensor images, double real)
        {
            Tensor said = _discriminator.call(images);
            return Losses.BinaryCrossEntropy(said, full_like(said, real));
        }
    }
}
