using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Drawn;
using Dlm.Runtime.Display;
using Dlm.Runtime.Distributed;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Distributed;

/// <summary>Two networks with an optimizer each: one maps images, the other tells them from the mapped ones.</summary>
internal sealed class SharedGame(nn.Module<Tensor, Tensor> mapper, nn.Module<Tensor, Tensor> critic, Optimizer forMapper, Optimizer forCritic) : Objective
{
    public override IReadOnlyList<(string Name, nn.Module Network)> Networks => [("mapper", mapper), ("critic", critic)];

    public override IReadOnlyList<(string Name, Optimizer Optimizer)> Optimizers => [("mapper_steps", forMapper), ("critic_steps", forCritic)];

    public override IReadOnlyList<string> LossNames => ["critic", "mapper"];

    public static string[] Train(ProcessGroup? group, int batch)
    {
        manual_seed(5);
        using var mapper = nn.Linear(784, 784);
        using var critic = nn.Sequential(("fc1", nn.Linear(784, 8)), ("tanh", nn.Tanh()), ("fc2", nn.Linear(8, 1)));
        using Sgd forMapper = new(mapper, 0.05), forCritic = new(critic, 0.05);
        Trainer trainer = new(new SharedGame(mapper, critic, forMapper, forCritic), new TrainerOptions { Distributed = group, Display = new SilentDisplay() });
        trainer.Fit(new DataLoader(DrawnDigits.Draw(SharedRun.Samples, seed: 1), batch));
        return [SharedRun.Line("mapper", mapper.weight.mean([0])), .. critic.named_parameters().Select(parameter => SharedRun.Line(parameter.name, parameter.parameter))];
    }

    public override Tensor[] TrainStep(Batch batch, IReadOnlyList<IMetric> metrics, StepPlan plan)
    {
        Tensor real = batch.Input.flatten(1), mapped = mapper.call(real);
        Tensor telling = critic.call(mapped.detach()).mean() - critic.call(real).mean();
        Minimize(telling, forCritic, plan);
        Tensor fooling = -critic.call(mapped).mean();
        Minimize(fooling, forMapper, plan);
        return [telling, fooling];
    }

    public override Tensor[] EvaluateStep(Batch batch, IReadOnlyList<IMetric> metrics) => throw new NotSupportedException();
}
