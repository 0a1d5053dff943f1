using Dlm.Dsl;
using Dlm.Dsl.Analysis;
using Dlm.Testing.Checks;
using Dlm.Testing.Graphs;
using Dlm.Testing.Tests.Mutants;
using Dlm.Testing.Xunit;
using static TorchSharp.torch;

namespace Dlm.Testing.Tests;

/// <summary>Each check passes where nothing is wrong, and each finds the mistake that it is for.</summary>
[Collection(typeof(OneGenerator))]
public sealed class MutantTests
{
    private static readonly Dsl.Elaboration.ElaboratedFile File = DlmCompiler.Elaborate(
        DlmCompiler.Parse("Mutants.dlm", System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Mutants.dlm"))));

    [Fact]
    public void ASoundModelPassesAllThatApply() => Assert.Equal(
        [Outcome.Passed, Outcome.Passed, Outcome.Passed, Outcome.Passed, Outcome.Skipped, Outcome.Passed, Outcome.Passed, Outcome.Passed],
        ModelCheck.All.Select(check => Expect(check, Graph(() => new Sound(), ("T", 6)))));

    [Fact]
    public void ACausalModelIsKnownByItsAttention()
    {
        var subject = Graph(() => new SoundCausal(), ("T", 6));
        Assert.True(subject.IsCausal);
        Assert.Equal(Outcome.Passed, Expect(new CausalCheck(), subject));
    }

    [Fact]
    public void WhatComesToNothingGetsNoGradient() => Fails(new GradientCheck(), Graph(() => new WithoutGradient()), "No gradient reaches dead.weight, dead.bias.");

    [Fact]
    public void AMeanOverTheBatchTiesSamplesTogether() => Fails(new NeighbourCheck(), Graph(() => new Neighbours()), "The output of sample 0 changes by ");

    [Fact]
    public void AWindowToBothSidesSeesTheFuture() =>
        Fails(new CausalCheck(), Graph(() => new Future(), ("T", 6)).With(true, 1, 10), "The output at time 2 changes by ");

    [Fact]
    public void AnInvertedMaskDoesNotHide() => Fails(new MaskCheck(), Graph(() => new Inverted(), ("T", 5)), "What 'mask' hides, place 4 of T, changes the output ");

    [Fact]
    public void AFrozenParameterMayNotMove() => Fails(new StepCheck(), Written(() => new FrozenIsStepped()), "A step changes frozen, which is frozen or without a gradient.");

    [Fact]
    public void EvalModeChangesNothing() => Fails(new StepCheck(), Written(() => new CountsCalls()), "A call in eval mode changes calls.");

    [Fact]
    public void AWrongGradientLearnsNothing() => Fails(new OverfitCheck(), Written(() => new WrongSign()).With(null, 1, 30), "After 30 steps of Adam the distance to outputs that the model can give is still 100% of the first.");

    [Fact]
    public void WhatIsNotRegisteredIsNotSaved() => Fails(new SaveCheck(), Written(() => new Unsaved()), "The output differs by ");

    [Fact]
    public void ChanceWithoutASeedDiffers() => Fails(new SeedCheck(), Written(() => new Unseeded()), "After 3 steps from one seed layer.weight differs: ");

    /// <summary>A mutant is caught by the check that is for it, and not by all of them.</summary>
    [Fact]
    public void OtherChecksPassOnMutants()
    {
        Assert.Equal(Outcome.Passed, Expect(new GradientCheck(), Written(() => new Unsaved())));
        Assert.Equal(Outcome.Passed, Expect(new SeedCheck(), Written(() => new Unsaved())));
        Assert.Equal(Outcome.Passed, Expect(new SaveCheck(), Written(() => new Unseeded())));
        Assert.Equal(Outcome.Passed, Expect(new StepCheck(), Written(() => new WrongSign())));
        Assert.Equal(Outcome.Passed, Expect(new NeighbourCheck(), Graph(() => new Future(), ("T", 6))));
        Assert.Equal(Outcome.Passed, Expect(new OverfitCheck(), Graph(() => new Neighbours())));
    }

    [Fact]
    public void IndicesStayBelowTheRowsOfTheirTable()
    {
        using var scope = NewDisposeScope();
        var words = Graph(() => new Sound(), ("T", 200)).Inputs(4)[0]!;
        Assert.Equal([4, 200], words.shape);
        Assert.Equal(29, words.max().item<long>());
        Assert.Equal(0, words.min().item<long>());
    }

    private static Subject Graph(Func<nn.Module> make, params (string Name, long Size)[] sizes)
    {
        using var made = make();
        var model = File.Models.Single(m => m.Name == made.GetType().Name);
        return GraphSubject.Of(model, new SizeTable(sizes.Append(("B", 4L)).ToDictionary(s => s.Item1, s => s.Item2)), make);
    }

    private static Subject Written(Func<nn.Module> make) => new() { Name = "Written", Make = make, Inputs = count => [randn(count, 8)] };

    private static Outcome Expect(ModelCheck check, Subject subject)
    {
        var result = check.Run(subject);
        Assert.False(result.Outcome == Outcome.Failed, $"{result.Claim}: {result.Message}");
        return result.Outcome;
    }

    private static void Fails(ModelCheck check, Subject subject, string message)
    {
        var result = check.Run(subject);
        Assert.Equal(Outcome.Failed, result.Outcome);
        Assert.StartsWith(message, result.Message);
    }
}
