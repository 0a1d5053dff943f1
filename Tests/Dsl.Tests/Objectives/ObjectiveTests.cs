using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Objectives;

/// <summary>Objectives: what they may say, what is proven of them, and what is wrong with others.</summary>
public sealed class ObjectiveTests
{
    private const string Networks = """
        model Net : [B, 8] -> [B, 10] { linear(10) }
        model Deep(hidden: int = 16) : (x: [B, 8]) -> (logits: [B, 10], features: [B, hidden]) {
          features = x -> trunk: linear(hidden) -> relu
          logits = features -> head: linear(10)
          (logits, features)
        }
        model Wide(z: int = 4) : [B, z] -> [B, 8] { linear(8) }
        block Part : [B, 8] -> [B, 8] { linear(8) }

        """;

    [Theory]
    [InlineData("minimize other: mse(x -> net, 0)", "DLM0101 There is no network of the objective called 'other'.")]
    [InlineData("minimize net, net: mse(x -> net, 0)", "DLM0103 'minimize' is given 'net' twice. Remove one.")]
    [InlineData("minimize net: mse(x -> net, 0), clipp: 1", "DLM0103 'minimize' has no argument 'clipp'. Did you mean 'clip'?")]
    [InlineData("minimize net: mse(x -> net, 0), clip_value: 1, clip_value: 2", "DLM0103 'minimize' is given 'clip_value' twice. Remove one.")]
    [InlineData("minimize net: mse(x -> net, 0), clip: 0", "DLM0106 'clip' is 0; it must be more than 0.")]
    [InlineData("minimize net: 1.0", "DLM0105 'this' takes a tensor without dimensions, not the number 1.")]
    [InlineData("minimize net: sum(argmax(x -> net, dim: 1))", "DLM0606 A loss or metric is one float, a tensor without dimensions.")]
    [InlineData("minimize net: mean(x -> linear(3))", "DLM0112 'linear', which has parameters of its own, in an objective is not possible here.")]
    [InlineData("minimize net: mean(x -> Part -> net)", "DLM0112 'Part', which would be a new one each step, in an objective is not possible here.")]
    [InlineData("minimize net: mean(x -> residual { relu } -> net)", "DLM0112 A group, repeat or checkpoint in an objective is not possible here.")]
    [InlineData("minimize net: mean(x -> repeat 2 { net })", "DLM0112 A group, repeat or checkpoint in an objective is not possible here.")]
    [InlineData("minimize net: mean(x -> a: net)", "DLM0112 A key in an objective is not possible here.")]
    [InlineData("minimize net: mean(net(x, 3))", "DLM0112 An argument for a network that is there is not possible here.")]
    [InlineData("param w: [8] = zeros\nminimize net: mean(x * w -> net)", "DLM0112 A 'param' in an objective is not possible here.")]
    [InlineData("minimize net: mse(x[:, 0:4] -> net, 0)", "DLM0208 'Net' takes [B, 8] as input.")]
    [InlineData("minimize net: mse(x -> net, x)", "DLM0212 'mse' needs [B, 10] as its target.")]
    [InlineData("every 0: minimize net: mean(x -> net)", "DLM0106 'every' is 0; it must be 1 or more steps.")]
    [InlineData("every 2: every 3: minimize net: mean(x -> net)", "DLM0112 'every' inside of 'every' is not possible here.")]
    [InlineData("minimize net: mean(x -> net)\nevery 2: output errors = x", "DLM0112 An 'output' in an 'every' is not possible here.")]
    [InlineData("minimize net: mean(x -> net)\noutput errors = (x, x)", "DLM0105 'errors' takes one tensor, not several tensors.")]
    [InlineData("minimize net: mean(x -> net)\noutput x = x", "DLM0102 'x' has a value already.")]
    [InlineData("every 2: { buffer b: [] = 0 }\nminimize net: mean(x -> net)", "DLM0112 A 'buffer' in an 'every' is not possible here.")]
    [InlineData("copy net -> net\nminimize net: mean(x -> net)", "DLM0112 A copy of a network to itself is not possible here.")]
    [InlineData("clamp net, -1\nminimize net: mean(x -> net)", "DLM0106 'the largest value' is -1; it must be more than 0.")]
    [InlineData("buffer b: [] = 0\nb = mean(x, dim: 1)\nminimize net: mean(x -> net) + b", "DLM0221 The state 'b' must keep its shape from step to step.")]
    [InlineData("g = gradient(x -> net)\nminimize net: mean(g)", "DLM0115 'gradient' takes 2 tensors, and one tensor")]
    [InlineData("minimize net: bce(x -> net, 1)", "DLM0607 'bce' takes probabilities, and gets logits")]
    [InlineData("minimize net: nll(softmax(x -> net, dim: 1), argmax(x, dim: 1))", "DLM0607 'nll' takes log-probabilities, and gets probabilities")]
    [InlineData("minimize net: bce_with_logits(sigmoid(x -> net), 1)", "DLM0607 'bce_with_logits' takes logits, and gets probabilities")]
    public void SaysWhatIsWrong(string body, string message)
    {
        var found = Diagnose("(net: Net) : (x: [B, 8])", body);
        Assert.Single(found);
        Assert.StartsWith(message, found[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(net: Part) : (x: [B, 8])", "DLM0112 The block 'Part' as a network is not possible here.")]
    [InlineData("(net: Nett) : (x: [B, 8])", "DLM0101 There is no model 'Nett'. Did you mean 'Net'?")]
    [InlineData("(net: frozen Net, net: Net) : (x: [B, 8])", "DLM0102 'net' is declared already")]
    [InlineData("(net: Net) : (x: [B, 8]?)", "DLM0112 The optional input 'x' of an objective is not possible here.")]
    [InlineData("(net: Net = Net) : (x: [B, 8])", "DLM0112 A network of this form is not possible here.")]
    [InlineData("(net: Net, unused: float = 1) : (x: [B, 8])", "DLM0110 Nothing uses the parameter 'unused'.")]
    public void SaysWhatIsWrongWithAHead(string head, string message)
    {
        var found = Diagnose(head, "minimize net: mean(x -> net)");
        Assert.NotEmpty(found);
        Assert.StartsWith(message, found[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(net: Net, gamma: float = 0.9) : (x: [B, 8], label: int[B])", "minimize net: gamma * cross_entropy(x -> net, label)")]
    [InlineData("(net: Deep) : (x: [B, 8], label: int[B])", "(logits, features) = x -> net\nminimize net: cross_entropy(logits, label) + 0.1 * mean(features ** 2)")]
    [InlineData("(a: Net, b: frozen Net) : (x: [B, 8])", "minimize a: mse(x -> a, x -> b)\nema a -> b, 0.99")]
    [InlineData("(a: Wide, b: Net) : (x: [B, 8])", "z = randn(B, 4)\nminimize a, b: mean(z -> a -> b) + mean(x -> b)")]
    [InlineData("(net: Net) : (x: [B, 8])", "y = x -> net\nminimize net: mean(y), clip: 1, clip_value: 10\nevery 2: { clamp net, 0.5 }")]
    [InlineData("(net: Net) : (x: [B, 8])", "buffer b: [] = 0\nloss = mean(x -> net) - b\nb = 0.9 * b + 0.1 * stop(loss)\nminimize net: loss")]
    [InlineData("(net: Net) : (x: [B, 8])", "minimize net: mean(norm(gradient(x -> net, x), dim: 1))")]
    [InlineData("(net: Net) : (x: [B, 8], label: int[B])", "minimize net: nll(log_softmax(x -> net, dim: 1), label)")]
    [InlineData("(net: Net, n: int = 3) : (x: [B, 8])", "noise = randn(B, n)\nevery n: copy net -> old\nminimize net: mean(x -> net) + mean(noise)", "old: frozen Net, ")]
    public void TakesWhatIsRight(string head, string body, string more = "") => Assert.Empty(Diagnose(head.Replace("(net: Net, n", $"({more}net: Net, n", StringComparison.Ordinal), body));

    [Fact]
    public void OneWithNetworksToBeGivenIsOnlyAPattern()
    {
        const string pattern = "objective Fit(net: model) : (x: [B, 8]) { minimize net: mean(x -> net) }\n";
        Assert.DoesNotContain("class Fit", Compiling.CSharp(Networks + pattern), StringComparison.Ordinal);
        Assert.Contains("public FitNet(Net net,", Compiling.CSharp(Networks + pattern + "objective FitNet = Fit(Net)\n"), StringComparison.Ordinal);
        Assert.Equal("DLM0104", Only(Compiling.Diagnose(Networks + pattern + "objective FitNet = Fit()\n")));
        Assert.Equal("DLM0105", Only(Compiling.Diagnose(Networks + pattern + "objective FitNet = Fit(3)\n")));
        Assert.Equal("DLM0101", Only(Compiling.Diagnose(Networks + pattern + "objective FitNet = Fitt(Net)\n")));
        Assert.Equal("DLM0208", Only(Compiling.Diagnose(Networks + pattern + "model Other : [B, 9] -> [B, 9] { linear(9) }\nobjective FitNet = Fit(Other)\n")));
        Assert.Equal("DLM0114", Only(Compiling.Diagnose("objective A = B\nobjective B = A\n").Take(1)));
    }

    [Fact]
    public void AMemberFixesWhatItGivesAndLeavesTheRestOpen()
    {
        var code = Compiling.CSharp(Networks + """
            objective Fit(net: model, a: float = 1, b: float = 2) : (x: [B, 8]) { minimize net: a * mean(x -> net) + b }
            objective FitNet = Fit(Net, b: 3)
            """);
        Assert.Contains("Optimizer netOptimizer, double a = 1)", code, StringComparison.Ordinal);
        Assert.Contains(".add_(3.0)", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "plan,")]
    [InlineData(", clip: 0.5", "plan?.Clipping(0.5),")]
    [InlineData(", clip_value: 1.5", "plan?.ClippingValues(1.5),")]
    [InlineData(", clip_value: 1.5, clip: 0.5", "plan?.Clipping(0.5).ClippingValues(1.5),")]
    public void AStepLimitsItsGradient(string limits, string plan) => Assert.Contains(
        $"Minimize(loss, {plan}", Compiling.CSharp(Networks + $"objective Fit(net: Net) : (x: [B, 8]) {{\n  loss = mean(x -> net)\n  minimize net: loss{limits}\n}}\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("mean(y)", "mean(y) * 2", true)]
    [InlineData("mean(y)", "mean(z -> a)", false)]
    public void AStepLeavesItsGraphToALaterOneThatNeedsIt(string first, string second, bool keeps)
    {
        var code = Compiling.CSharp(Networks + $$"""
            model Left : [B, 8] -> [B, 8] { linear(8) }
            objective Both(a: Left, b: Left, c: frozen Net) : (x: [B, 8], z: [B, 8]) {
              y = (x -> a) + (x -> b) -> c
              minimize b: {{first}}
              minimize a: {{second}}
            }
            """);
        Assert.Contains($"keepsGraph: {(keeps ? "true" : "false")}, _bOptimizer", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("minimize net mean(x)")]
    [InlineData("minimize net,: mean(x)")]
    [InlineData("copy net other")]
    [InlineData("ema net -> other")]
    [InlineData("every: copy a -> b")]
    [InlineData("every 3: }")]
    [InlineData("every 3: every 3: every 3")]
    [InlineData("clamp net")]
    [InlineData("output errors x")]
    public void ABrokenStatementLosesNothing(string body)
    {
        var source = $"objective A(net: Net) : (x: [B, 8]) {{\n  {body}\n}}\n// end\n";
        var file = Compiling.Parse(source);
        Assert.Equal(source, file.Syntax.ToString());
        Assert.NotEmpty(file.Diagnostics);
    }

    [Fact]
    public void AnOutputStandsBehindTheFiguresAndATrainerDoesNotSeeIt()
    {
        var code = Compiling.CSharp(Networks + """
            objective Fit(net: Net) : (x: [B, 8], y: [B, 10]) {
              error = y - (x -> net)
              output errors = sum(error, dim: 1)
              minimize net: mean(error ** 2)
              output best = argmax(error, dim: 1)
              metric largest = max(error)
            }
            """);
        Assert.Contains("record Measures(global::TorchSharp.torch.Tensor Loss, global::TorchSharp.torch.Tensor Largest, global::TorchSharp.torch.Tensor Errors, global::TorchSharp.torch.Tensor Best)", code, StringComparison.Ordinal);
        Assert.Contains("""LossNames { get; } = new[] { "loss", "largest" };""", code, StringComparison.Ordinal);
        Assert.Contains("plan)[..2];", code, StringComparison.Ordinal);
        Assert.Contains("<param name=\"Best\">An output, <c>int[B]</c>", code, StringComparison.Ordinal);
    }

    [Fact]
    public void AStatementOfAnObjectiveHasNoPlaceInAModel()
    {
        Assert.Equal("DLM0112", Only(Compiling.Diagnose("model A : (x: [B, 8]) -> [B, 8] {\n  minimize x: mean(x)\n}")));
        Assert.Equal("DLM0112", Only(Compiling.Diagnose("model A : (x: [B, 8]) -> [B, 8] {\n  metric m = mean(x)\n}")));
        Assert.Equal("DLM0112", Only(Compiling.Diagnose("model A : (x: [B, 8]) -> [B, 8] {\n  output m = x\n}")));
    }

    [Fact]
    public void TheWordsStayNames()
    {
        Assert.DoesNotContain(
            Compiling.Diagnose("""
            model A : (copy: [B, 8], every: [B, 8]) -> [B, 8] {
              minimize = copy + every
              metric = minimize -> clamp(0, 1)
              x = metric -> ema: linear(8)
              x + ema.weight[0]
            }
            """),
            d => d.Severity == Dlm.Dsl.Diagnostics.Severity.Error);
    }

    private static string Only(IEnumerable<Dlm.Dsl.Diagnostics.Diagnostic> diagnostics) => Assert.Single(diagnostics).Id;

    private static string[] Diagnose(string head, string body) =>
        [.. Compiling.Diagnose($"{Networks}objective Fit{head} {{\n{body}\n}}\n").Select(d => $"{d.Id} {d.Message}")];
}
