using Dlm.Cli.Tests.Harness;

namespace Dlm.Cli.Tests;

/// <summary>What draws from the one generator that all share runs alone.</summary>
[CollectionDefinition(Alone, DisableParallelization = true)]
public sealed class Chance
{
    public const string Alone = "draws";
}

/// <summary><c>dlm test</c> as a user sees it.</summary>
[Collection(Chance.Alone)]
public sealed class TestTests
{
    private const string Models = """
        namespace Mine

        use Mine.Parts

        model Sound(classes: int = 3) : [B, 1, H, W] -> [B, classes] {
          require H % 8 == 0 and W % 8 == 0
          Body(4) -> global_avgpool -> flatten -> linear(classes)
        }

        model Centred(width: int) : (x: [B, 6]) -> [B, 2] {
          x - mean(x, dim: 0) -> linear(width) -> tanh -> linear(2)
        }

        model Foreign : (x: [B, 6]) -> [B, 2] { twice(x) -> linear(2) }
        extern fn twice(x: [B, 6]) -> [B, 6]

        """;

    private const string Parts = """
        namespace Mine.Parts

        block Body(width: int) : [B, C, H, W] -> [B, width, H, W] {
          conv(width, 3, pad: 1) -> batchnorm -> relu -> conv(width, 3, pad: 1)
          init { conv: xavier }
        }

        """;

    [Fact]
    public void ASoundModelPasses()
    {
        using var place = new Workplace(("models.dlm", Models), ("parts.dlm", Parts));
        var run = place.Run("test", "Sound", "--arg", "classes=2");
        Assert.Equal((0, ""), (run.Status, run.Error));
        var lines = run.Out.Split('\n');
        Assert.Equal("Sound in models.dlm, on [4, 1, 32, 32]", lines[0]);
        Assert.Equal(
            """
              ok    a step changes exactly the parameters that it should     all 8
              ok    every parameter gets a gradient                          all 8
            """, string.Join("\n", lines[2..4]), ignoreLineEndingDifferences: true);
        Assert.StartsWith("  ok    one batch can be overfitted ", lines[4]);
        Assert.Equal(
            """
              ok    in eval mode a sample does not depend on its neighbours
              -     a causal model does not see the future                   Nothing says that it is causal: --causal, or IsCausal.
              -     masks hide                                               No mask flows in.
              ok    saved and loaded it gives the same output
              ok    two runs with one seed agree to the bit

            6 checks passed, 0 failed, 2 do not apply.

            """, string.Join("\n", lines[5..]), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void AMistakeIsFoundAndSaid()
    {
        using var place = new Workplace(("models.dlm", Models), ("parts.dlm", Parts));
        var run = place.Run("test", "models.dlm:Centred", "--arg", "width=5", "--batch", "3");
        Assert.Equal(1, run.Status);
        Assert.Matches(
            """
              FAIL  in eval mode a sample does not depend on its neighbours
                    The output of sample 0 changes by [0-9.]+ when the others do\.
            """.ReplaceLineEndings("\n"), run.Out);
        Assert.Contains("5 checks passed, 1 failed, 2 do not apply.", run.Out);
        Assert.StartsWith("Centred in models.dlm, on x [3, 6]\n", run.Out);
    }

    [Fact]
    public void AnObjectiveStepsItsNetworks()
    {
        using var place = new Workplace(("game.dlm", """
            namespace Mine

            model Maker(z: int = 6) : [B, z] -> [B, 5] { linear(5) }
            model Judge : [B, 5] -> [B, 1] { linear(1) }

            objective Game(maker: model, judge: model, older: frozen Judge) : (real: [B, N]) {
              fake = randn(B, 6) -> maker
              minimize judge: bce_with_logits(real -> judge, 1) + bce_with_logits(stop(fake) -> judge, 0)
              minimize maker: bce_with_logits(fake -> judge, 1)
              ema judge -> older, 0.9
            }

            objective Mine = Game(Maker, Judge)

            """));
        var run = place.Run("test", "game.dlm:Mine");
        Assert.Equal("", run.Error);
        Assert.Equal(
            """
            Mine in game.dlm, on real [4, 5]

              ok    a step changes exactly the networks that it minimises  judge, maker
              ok    two runs with one seed agree to the bit

            2 checks passed, 0 failed.

            """, run.Out, ignoreLineEndingDifferences: true);
        Assert.Equal((2, "dlm: 'Game' is a pattern: it has a network of any model. Test a member, such as: objective Mine = Game(...)\n"), (place.Run("test", "Game").Status, place.Run("test", "Game").Error));
    }

    [Theory]
    [InlineData("'Centred' needs a value for 'width': --arg width=...", "Centred")]
    [InlineData("'Foreign' calls an extern fn, whose C# this command has not. Test it in a project of tests, with ModelTests<Foreign>.", "Foreign")]
    [InlineData("'Sound' does not take this input. In 'Sound' (models.dlm, line 6): 'H % 8 == 0' does not hold for H = 9. Choose other arguments.", "Sound", "--size", "H=9", "--size", "W=8")]
    public void WhatCannotBeTestedIsSaid(string message, params string[] arguments)
    {
        using var place = new Workplace(("models.dlm", Models), ("parts.dlm", Parts));
        var run = place.Run(["test", .. arguments]);
        Assert.Equal((2, $"dlm: {message}\n"), (run.Status, run.Error));
    }
}
