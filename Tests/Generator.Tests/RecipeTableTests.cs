using System.Globalization;
using System.Text.RegularExpressions;
using Dlm.Generator.Tests.Harness;
using Dlm.Runtime.Optimizers;

namespace Dlm.Generator.Tests;

/// <summary>The words of recipes are what the runtime has: with every argument given they compile, and the defaults are the runtime's.</summary>
public sealed class RecipeTableTests
{
    private const string Model = "model M : [B, 4] -> [B, 3] { linear(3) }\n";

    [Theory]
    [InlineData("adadelta", "rho: 0.9, epsilon: 1e-6, decay: 0.1")]
    [InlineData("adagrad", "rate_decay: 0.1, decay: 0.1, start: 0.1, epsilon: 1e-9")]
    [InlineData("adam", "beta1: 0.8, beta2: 0.9, epsilon: 1e-9, decay: 0.1, amsgrad: true")]
    [InlineData("adamw", "beta1: 0.8, beta2: 0.9, epsilon: 1e-9, decay: 0.1, amsgrad: true")]
    [InlineData("lamb", "beta1: 0.8, beta2: 0.9, epsilon: 1e-9, decay: 0.1")]
    [InlineData("lion", "beta1: 0.8, beta2: 0.9, decay: 0.1")]
    [InlineData("nadam", "beta1: 0.8, beta2: 0.9, epsilon: 1e-9, decay: 0.1, momentum_decay: 0.1")]
    [InlineData("radam", "beta1: 0.8, beta2: 0.9, epsilon: 1e-9, decay: 0.1")]
    [InlineData("rmsprop", "alpha: 0.9, epsilon: 1e-9, momentum: 0.5, centered: true, decay: 0.1")]
    [InlineData("sgd", "rate: 0.1, momentum: 0.9, decay: 0.1, dampening: 0.5")]
    [InlineData("lars", "rate: 0.1, momentum: 0.9, decay: 0.1, trust: 0.01, epsilon: 1e-9")]
    public void Optimizers(string name, string arguments)
    {
        var text = Compile($"  optimizer {name}({arguments})\n  epochs 3\n");
        var type = Regex.Match(text, @"Optimizers\.(\w+) CreateOptimizer").Groups[1].Value;
        var rate = double.Parse(Regex.Match(text, @"const double Rate = (\S+);").Groups[1].Value, CultureInfo.InvariantCulture);
        var parameter = typeof(Optimizer).Assembly.GetType($"Dlm.Runtime.Optimizers.{type}")!.GetConstructors()[0].GetParameters().Single(p => p.Name == "rate");
        if (parameter.HasDefaultValue) Assert.Equal(Convert.ToDouble(parameter.DefaultValue, CultureInfo.InvariantCulture), rate);
        else Assert.Contains("rate:", arguments, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cosine(0.1, warmup: 1 epoch, floor: 0.1)")]
    [InlineData("cosine_restarts(0.1, first: 1 epoch, stretch: 2, floor: 0.1, warmup: 5 steps)")]
    [InlineData("exponential(0.1, factor: 0.9, every: 1 epoch, warmup: 0.1)")]
    [InlineData("linear(0.1, warmup: 0.1, floor: 0.1)")]
    [InlineData("noam(width: 512, warmup: 400 steps, rate: 2)")]
    [InlineData("one_cycle(0.1, rise: 0.2, start: 0.1, end: 0.01, linear: true)")]
    [InlineData("plateau(0.1, score: accuracy, factor: 0.5, patience: 3, threshold: 0.1, cooldown: 2, floor: 0.1, warmup: 0.1)")]
    [InlineData("polynomial(0.1, power: 2, warmup: 0.1, floor: 0.1)")]
    [InlineData("slanted_triangular(0.1, cut: 0.2, ratio: 16)")]
    [InlineData("step(0.1, every: 10 epochs, factor: 0.5, warmup: 0.1)")]
    [InlineData("0.1 * 2, 0.01 * 1, warmup: 0.1")]
    [InlineData("0.1 * 20 steps, 0.01")]
    public void Schedules(string rate) => Compile($"  optimizer sgd\n  rate {rate}\n  epochs 3\n  metrics accuracy\n");

    [Theory]
    [InlineData("accumulate 4\n  clip 1.0\n  precision float16\n  seed 3\n  batch 8")]
    [InlineData("metrics accuracy, balanced_accuracy\n  stop balanced_accuracy, patience: 3, improvement: 0.01\n  average ema(0.9, warmup: true)")]
    [InlineData("stop loss\n  average swa(from: 2, every: 10 steps)\n  freeze \"*.bias\"\n  group \"linear1.weight\": rate 0.1x, decay 0")]
    public void Settings(string settings) => Compile($"  optimizer adam\n  epochs 3\n  {settings}\n");

    [Theory]
    [InlineData("bce_with_logits"), InlineData("huber(delta: 2)"), InlineData("kl_div(reduction: \"batchmean\")"), InlineData("l1"), InlineData("mse(reduction: \"sum\")")]
    [InlineData("multi_margin(margin: 2)"), InlineData("multilabel_soft_margin"), InlineData("poisson_nll(full: true)"), InlineData("smooth_l1"), InlineData("soft_margin"), InlineData("hinge_embedding")]
    public void Losses(string loss) => Compile("  optimizer adam\n  epochs 3\n", loss.StartsWith("kl_div", StringComparison.Ordinal) ? Model.Replace("linear(3)", "linear(3) -> log_softmax(-1)") : Model, loss);

    private static string Compile(string settings, string model = Model, string loss = "cross_entropy(label_smoothing: 0.1)")
    {
        var run = new DlmProject(("a.dlm", $"{model}train T on M {{\n  loss {loss}\n{settings}}}\n")).Run();
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Problems);
        return Assert.Single(run.Sources).Value;
    }
}
