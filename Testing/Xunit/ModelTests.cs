using Dlm.Testing.Checks;
using Xunit;
using static TorchSharp.torch;

namespace Dlm.Testing.Xunit;

/// <summary>
/// The tests of a model, to be derived from: it says how the model is made and what flows in, and each check is a test. They seed the
/// generator of the process, so tests of this kind do not run beside others.
/// </summary>
/// <typeparam name="TModel">The model: one that Dlm made, or any module of TorchSharp's.</typeparam>
[Collection(typeof(OneGenerator))]
public abstract class ModelTests<TModel>
    where TModel : nn.Module
{
    /// <summary>Makes the model, small enough to take some hundred steps.</summary>
    protected abstract TModel Make();

    /// <summary>Draws inputs for so many samples, others at each call; null for an optional one that is left out.</summary>
    protected abstract Tensor?[] Inputs(long batch);

    /// <summary>Whether an output may depend on what came before it in time, its second dimension, alone.</summary>
    protected virtual bool IsCausal => false;

    /// <summary>What the inputs' dimensions are, for models whose inputs do not all begin with the batch, and for those with masks.</summary>
    protected virtual IReadOnlyList<Port>? Ports => null;

    /// <summary>What the outputs' dimensions are.</summary>
    protected virtual IReadOnlyList<Port>? Outputs => null;

    /// <summary>How many steps a batch may take to be learned.</summary>
    protected virtual int Steps => 200;

    /// <inheritdoc cref="StepCheck"/>
    [Fact]
    public void AStepChangesExactlyTheParametersThatItShould() => Hold(new StepCheck());

    /// <inheritdoc cref="GradientCheck"/>
    [Fact]
    public void EveryParameterGetsAGradient() => Hold(new GradientCheck());

    /// <inheritdoc cref="OverfitCheck"/>
    [Fact]
    public void OneBatchCanBeOverfitted() => Hold(new OverfitCheck());

    /// <inheritdoc cref="NeighbourCheck"/>
    [Fact]
    public void InEvalModeASampleDoesNotDependOnItsNeighbours() => Hold(new NeighbourCheck());

    /// <inheritdoc cref="CausalCheck"/>
    [Fact]
    public void ACausalModelDoesNotSeeTheFuture() => Hold(new CausalCheck());

    /// <inheritdoc cref="MaskCheck"/>
    [Fact]
    public void MasksHide() => Hold(new MaskCheck());

    /// <inheritdoc cref="SaveCheck"/>
    [Fact]
    public void SavedAndLoadedItGivesTheSameOutput() => Hold(new SaveCheck());

    /// <inheritdoc cref="SeedCheck"/>
    [Fact]
    public void TwoRunsWithOneSeedAgreeToTheBit() => Hold(new SeedCheck());

    private void Hold(ModelCheck check)
    {
        var result = check.Run(new Subject { Name = typeof(TModel).Name, Make = Make, Inputs = Inputs, IsCausal = IsCausal, Ports = Ports, Outputs = Outputs, Steps = Steps });
        Assert.SkipWhen(result.Outcome == Outcome.Skipped, result.Message);
        if (result.Outcome == Outcome.Failed) Assert.Fail($"{typeof(TModel).Name}: {result.Claim}? {result.Message}");
    }
}

/// <summary>Tests that seed the generator of the process, from which no other test may draw meanwhile.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class OneGenerator;
