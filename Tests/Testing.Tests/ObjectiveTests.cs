using Dlm.Testing.Xunit;
using static TorchSharp.torch;

namespace Dlm.Testing.Tests;

/// <summary>The checks of objectives, on steps that are written by hand, right and wrong.</summary>
[Collection(typeof(OneGenerator))]
public sealed class ObjectiveTests
{
    // A critic that is stepped, and a maker whose output it judges.
    private delegate void Step(nn.Module<Tensor, Tensor> maker, nn.Module<Tensor, Tensor> critic, Tensor batch);

    [Fact]
    public void AStepOfOneNetworkPasses() => Assert.All(ObjectiveChecks.All, check => Assert.Equal(Outcome.Passed, check.Run(Subject(Right)).Outcome));

    [Fact]
    public void ASecondNetworkMayNotChange() => Fails(0, "It changes 'maker', which it does not minimise: weight, bias.", (maker, critic, batch) =>
    {
        critic.call(maker.call(batch)).mean().backward();
        Descend(critic);
        Descend(maker);
    });

    [Fact]
    public void AGradientMayNotBeLeft() => Fails(0, "It leaves a gradient in 'maker', which it does not minimise: weight, bias.", (maker, critic, batch) =>
    {
        critic.call(maker.call(batch)).mean().backward();
        Descend(critic);
    });

    [Fact]
    public void WhatIsMinimisedChanges() => Fails(0, "It does not change 'critic'.", (_, _, _) => { });

    [Fact]
    public void ChanceWithoutASeedDiffers() => Fails(1, "After 3 steps from one seed critic.weight differs: ", (maker, critic, batch) => Right(maker, critic, batch * (float)(1 + Random.Shared.NextDouble())));

    private static void Right(nn.Module<Tensor, Tensor> maker, nn.Module<Tensor, Tensor> critic, Tensor batch)
    {
        critic.call(maker.call(batch).detach()).mean().backward();
        Descend(critic);
    }

    private static void Descend(nn.Module network)
    {
        using var unrecorded = no_grad();
        foreach (var parameter in network.parameters())
        {
            parameter.sub_(0.1 * parameter.grad!);
            parameter.grad = null;
        }
    }

    private static ObjectiveSubject Subject(Step step) => new()
    {
        Name = "Game",
        Make = () =>
        {
            var (maker, critic) = (nn.Linear(3, 4), nn.Linear(4, 1));
            return (new Dictionary<string, nn.Module> { ["maker"] = maker, ["critic"] = critic }, batch => step(maker, critic, batch[0]));
        },
        Inputs = () => [randn(4, 3)],
        Minimised = ["critic"],
    };

    private static void Fails(int check, string message, Step step)
    {
        var result = ObjectiveChecks.All[check].Run(Subject(step));
        Assert.Equal(Outcome.Failed, result.Outcome);
        Assert.StartsWith(message, result.Message);
    }
}
