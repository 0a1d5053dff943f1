using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Recipes;

/// <summary>What a recipe may say, what it becomes, and what is said of one that makes no sense.</summary>
public sealed class RecipeTests
{
    private const string Net = "model Net(classes: int = 10) : [B, 3, 8, 8] -> [B, classes] { conv1: conv(4, 3) -> relu -> flatten -> fc: linear(classes) }\n";

    /// <summary>A complete recipe but for the settings given, one on a line from the third on.</summary>
    private static string Recipe(string settings, string on = "Net") => $"{Net}train T on {on} {{\n{settings}\n}}\n";

    [Theory]
    // One of a kind.
    [InlineData("los mse", "3,1: DLM0700 A recipe has no setting 'los'. Did you mean 'loss'?")]
    [InlineData("colour red", "3,1: DLM0700 A recipe has no setting 'colour'. There are accumulate, ")]
    [InlineData("seed 1\nseed 1", "4,1: DLM0701 'seed' is set already, on line 3. Remove one.")]
    // Forms.
    [InlineData("seed", "3,1: DLM0703 This is not how 'seed' is set. Write seed 0.")]
    [InlineData("seed 1, 2", "3,1: DLM0703 This is not how 'seed' is set. Write seed 0.")]
    [InlineData("seed x: 2", "3,1: DLM0703 This is not how 'seed' is set. Write seed 0.")]
    [InlineData("metrics 3", "3,1: DLM0703 This is not how 'metrics' is set. Write metrics accuracy.")]
    [InlineData("seed \"a\": 2", "3,1: DLM0703 This is not how 'seed' is set. Write seed 0.")]
    // Kinds and ranges.
    [InlineData("seed 0.5", "3,6: DLM0105 'seed' takes a whole number, not the number 0.5.")]
    [InlineData("seed -1", "3,6: DLM0106 'seed' is -1; it must be at least 0.")]
    [InlineData("batch 0", "3,7: DLM0106 'batch' is 0; it must be from 1 to 2_147_483_647.")]
    [InlineData("batch 3_000_000_000", "3,7: DLM0106 'batch' is 3000000000; it must be from 1 to 2_147_483_647.")]
    [InlineData("batch many", "3,7: DLM0105 'batch' takes a whole number, not the text \"many\".")]
    [InlineData("batch 5 epochs", "3,7: DLM0105 'batch' takes a whole number, not 5 epochs.")]
    [InlineData("metrics acuracy", "3,9: DLM0704 There is no metric 'acuracy'. Did you mean 'accuracy'?")]
    [InlineData("metrics accuracy, accuracy", "3,19: DLM0701 'accuracy' is set already, on line 3. Remove one.")]
    public void SettingsAreHeldToTheirForm(string setting, string expected) =>
        Assert.StartsWith(expected, Single(Recipe($"{setting}\nloss cross_entropy\noptimizer adam\nepochs 5")));

    [Theory]
    [InlineData("init { conv: xavier, \"*.bias\": 0.1 / sqrt(2 * classes) }")]
    [InlineData("init {\n  linear: normal(0, 0.02)\n  \"fc\": 0\n}\ninit { conv.bias: zeros }")]
    public void ParametersBeginAsTheRecipeSays(string init) => Assert.Empty(Compiling.Diagnose(Recipe($"{init}\nloss cross_entropy\noptimizer adam\nepochs 5")));

    [Theory]
    [InlineData("init { lstm: xavier }", "3,8: DLM0123 No layer with parameters is a 'lstm' here. There are conv, linear.")]
    [InlineData("init { \"conv2.weight\": xavier }", "3,8: DLM0123 No parameter matches \"conv2.weight\". Did you mean 'conv1.weight'?")]
    [InlineData("init { \"fc\": xavier }", "3,14: DLM0124 'xavier' needs at least 2 dimensions, and a parameter that the rule is for has 1.")]
    [InlineData("init { linear: normal(0, clases) }", "3,26: DLM0101 There is no parameter or value 'clases'. Did you mean 'classes'?")]
    [InlineData("init { linear: normal(0, 0.1 }", "3,22: DLM0006 ")]
    public void AnInitIsHeldAgainstTheModel(string init, string expected) =>
        Assert.StartsWith(expected, Single(Recipe($"{init}\nloss cross_entropy\noptimizer adam\nepochs 5")));

    [Theory]
    [InlineData("sdg", "4,11: DLM0704 There is no optimizer 'sdg'. Did you mean 'sgd'?")]
    [InlineData("sgd", "4,11: DLM0104 'sgd' needs 'rate': write a line such as rate 0.1, or sgd(rate: 0.1).")]
    [InlineData("sgd(0.1, momentum: 2)", "4,30: DLM0106 'momentum' is 2; it must be at least 0 and less than 1.")]
    [InlineData("sgd(0.1, momentun: 0.9)", "4,20: DLM0103 'sgd' has no argument 'momentun'. Did you mean 'momentum'?")]
    [InlineData("sgd(rate: -0.1)", "4,21: DLM0106 'rate' is -0.1; it must be more than 0.")]
    [InlineData("sgd(rate: 0.1x)", "4,21: DLM0105 'rate' takes a number, not 0.1x.")]
    [InlineData("sgd(0.1, nesterov: true)", "4,30: DLM0705 Nesterov's form looks ahead along a momentum, without dampening. Write momentum: 0.9, nesterov: true.")]
    [InlineData("sgd(0.1, nesterov: yes)", "4,30: DLM0105 'nesterov' takes true or false, not the text \"yes\".")]
    [InlineData("adam(beta1: 1.0)", "4,23: DLM0106 'beta1' is 1; it must be at least 0 and less than 1.")]
    [InlineData("adam(decay: 1e-4, decay: 1e-4)", "4,29: DLM0103 'adam' is given 'decay' twice. Remove one.")]
    [InlineData("0.1", "4,1: DLM0703 This is not how 'optimizer' is set. Write optimizer sgd(momentum: 0.9, decay: 1e-4).")]
    public void OptimizersAreChecked(string optimizer, string expected) =>
        Assert.Equal(expected, Single(Recipe($"loss cross_entropy\noptimizer {optimizer}\nepochs 5")));

    [Theory]
    [InlineData("rate -0.1\nepochs 5", "5,6: DLM0106 'rate' is -0.1; it must be more than 0.")]
    [InlineData("rate 0.1 * 80, 0.01, 0.001 * 20", "5,16: DLM0703 This is not how 'rate' is set.")]
    [InlineData("rate 0.1 * -3", "5,12: DLM0106 'the length of a rate' is -3 epochs; it must be more than 0, and as a share of the run at most 1.")]
    [InlineData("rate 0.1 * 1.5 steps", "5,12: DLM0106 'the length of a rate' is 1.5 steps; it must be ")]
    [InlineData("rate 0.1 * 2x", "5,12: DLM0105 'the length of a rate' takes a length, such as 5 epochs, 500 steps or 0.1 of the run, not 2x.")]
    [InlineData("rate 0.1 * 80, 0.01 * 40\nepochs 100", "5,1: DLM0705 The rates last 120 epochs together, and the run 100 epochs. Make them equal, leave the length of the last rate out, or remove 'epochs'.")]
    [InlineData("rate 0.1 * 0.5", "5,1: DLM0705 The rates last 0.5 epochs together; a run has a whole number of them, up to 2_147_483_647.")]
    [InlineData("rate 0.1", "2,7: DLM0702 Nothing in 'T' says how long to train. Add a line such as epochs 90, or a rate such as 0.1 * 60, 0.01 * 30, from which it follows.")]
    [InlineData("rate 0.1\nepochs 5\nsteps 500", "7,1: DLM0705 The length of the run is set twice, in epochs and in steps. Remove one.")]
    [InlineData("rate cosin(0.1)\nepochs 5", "5,6: DLM0704 There is no schedule 'cosin'. Did you mean 'cosine'?")]
    [InlineData("rate cosine\nepochs 5", "5,6: DLM0104 'cosine' needs 'rate': it begins with the highest rate, cosine(0.1).")]
    [InlineData("rate cosine(0.1, warmup: 5 epochs)\nepochs 5", "5,1: DLM0705 The warm-up lasts 5 epochs, and the run 5 epochs: the highest rate is never reached. Make it shorter.")]
    [InlineData("rate cosine(0.1, warmup: 1)\nepochs 5", "5,1: DLM0705 The warm-up lasts the whole run, and the run 5 epochs: the highest rate is never reached. Make it shorter.")]
    [InlineData("rate cosine(0.1, warmup: 2.5)\nepochs 5", "5,26: DLM0106 'warmup' is 2.5; it must be more than 0, and as a share of the run at most 1.")]
    [InlineData("rate cosine(0.1, warmup: 500 steps)\nsteps 400", "5,1: DLM0705 The warm-up lasts 500 steps, and the run 400 steps: ")]
    [InlineData("rate noam(width: 512, warmup: 500)\nsteps 400", "5,1: DLM0705 The warm-up lasts 500 steps, and the run 400 steps: ")]
    [InlineData("rate noam\nsteps 400", "5,6: DLM0104 'noam' needs 'width': write noam(width: 512).")]
    [InlineData("rate step(0.1)\nepochs 90", "5,6: DLM0104 'step' needs 'every': write step(every: 30 epochs).")]
    [InlineData("rate 0.1, warmup: 9 epochs\nepochs 5", "5,1: DLM0705 The warm-up lasts 9 epochs, and the run 5 epochs: ")]
    [InlineData("rate 0.1, warmpu: 1 epoch\nepochs 5", "5,11: DLM0103 'rate' has no argument 'warmpu'. Did you mean 'warmup'?")]
    [InlineData("rate linear(0.1) * 80, 0.01 * 40", "5,6: DLM0705 Nothing follows 'linear': it goes on to the end of the run. Put it last.")]
    [InlineData("rate linear(0.1), 0.01 * 40", "5,1: DLM0703 This is not how 'rate' is set.")]
    [InlineData("rate 0.1 * 80, 0.01 * 40 steps, linear(0.01)\nepochs 100", "5,33: DLM0705 The rates before 'linear' last epochs and steps. Count them alike.")]
    [InlineData("rate 0.1 * 80, cosine(0.1, warmup: 5 epochs) * 40", "5,16: DLM0705 'cosine' goes on from another rate, so it does not rise. Write the warmup behind the rates: ")]
    [InlineData("rate 0.1 * 80, one_cycle(0.1) * 40", "5,16: DLM0705 'one_cycle' rises by itself, so it is no way on from another rate. ")]
    [InlineData("rate 0.1 * 80, linear(0.1) * 40\nepochs 100", "5,1: DLM0705 The rates last 120 epochs together, and the run 100 epochs. ")]
    [InlineData("rate 0.1 * 80, linear * 40", "5,16: DLM0104 'linear' needs 'rate': it begins with the highest rate, linear(0.1).")]
    [InlineData("rate 0.1 * 80, linaer(0.1) * 40", "5,16: DLM0704 There is no schedule 'linaer'. Did you mean 'linear'?")]
    [InlineData("rate plateau(0.1, score: accuracy)\nepochs 5", "5,26: DLM0704 There is no score 'accuracy'. There is loss.")]
    public void RatesAreChecked(string rate, string expected) =>
        Assert.StartsWith(expected, Single(Recipe($"loss cross_entropy\noptimizer sgd\n{rate}")));

    [Fact]
    public void ARateInTwoPlacesIsOneTooMany() => Assert.Equal(
        "4,21: DLM0705 The rate is set on line 5 already. Remove it here or there.",
        Single(Recipe("loss cross_entropy\noptimizer sgd(rate: 0.1)\nrate 0.1\nepochs 5")));

    [Theory]
    [InlineData("crossentropy", "DLM0704 There is no loss 'crossentropy'. Did you mean 'cross_entropy'?")]
    [InlineData("relu", "DLM0721 'relu' is no loss for a recipe: it compares nothing. There are bce, ")]
    [InlineData("ctc", "DLM0721 'ctc' is no loss for a recipe: it takes input, target, input_lengths, target_lengths; that is for an objective. ")]
    [InlineData("cross_entropy(label_smoothing: 2)", "DLM0106 'label_smoothing' is 2; it must be a probability between 0 and 1.")]
    [InlineData("cross_entropy(smoothing: 0.1)", "DLM0103 'cross_entropy' has no argument 'smoothing'. ")]
    [InlineData("cross_entropy(reduction: \"none\")", "DLM0106 'reduction' is \"none\"; it must be \"mean\" or \"sum\": a step goes down along one number.")]
    [InlineData("cross_entropy(dim: 0)", "DLM0106 'dim' is 0; it must be a dimension of [B, 10] behind the first, which counts the samples.")]
    [InlineData("mse(reduction: \"mena\")", "DLM0106 'reduction' is \"mena\"; it must be ")]
    [InlineData("bce_with_logits(weight: 3)", "DLM0112 A tensor for 'weight' is not possible here. Give it in C#, or write an objective.")]
    public void LossesAreChecked(string loss, string expected) =>
        Assert.StartsWith(expected, Single(Recipe($"loss {loss}\noptimizer adam\nepochs 5")).Split(": ", 2)[1]);

    [Theory]
    [InlineData("[B, 4] -> [B, 1] { linear(1) }", "cross_entropy", "'cross_entropy' chooses among classes, and dimension 1 of [B, 1] has room for 1. Yes or no is bce_with_logits.")]
    [InlineData("[B, 4] -> [B] { linear(3) -> sum(dim: 1) }", "cross_entropy", "'cross_entropy' needs a score for each class of each sample, [B, classes], and the output is [B].")]
    [InlineData("[B, T, 4] -> [B, T, 9] { linear(9) }", "cross_entropy", "'cross_entropy' looks for the classes in dimension 1 of [B, T, 9], which has another size from call to call. They stand in the last: cross_entropy(dim: -1).")]
    [InlineData("[B, 4] -> int[B, 3] { linear(3) -> argsort }", "mse", "'mse' needs a float tensor as its input.")]
    public void TheLossIsHeldAgainstTheOutput(string model, string loss, string expected)
    {
        var single = Single($"model M : {model}\ntrain T on M {{\n  loss {loss}\n  optimizer adam\n  epochs 5\n}}\n");
        Assert.StartsWith($"3,8: DLM0722 The loss does not fit what 'M' gives. {expected}", single);
    }

    [Theory]
    [InlineData("{ linear(3) -> softmax(-1) }", "cross_entropy", "take the 'softmax' away")]
    [InlineData("{ head: { linear(3) -> softmax(-1) } }", "cross_entropy", "take the 'softmax' away")]
    [InlineData("{ linear(3) -> sigmoid -> reshape(B, 3) }", "bce_with_logits", "take the 'sigmoid' away")]
    [InlineData("{ linear(3) }", "bce", "use bce_with_logits")]
    [InlineData("{ linear(3) }", "nll", "use cross_entropy")]
    public void ALossOnTheWrongSideIsSeen(string body, string loss, string help)
    {
        var single = Single($"model M : [B, 4] -> [B, 3] {body}\ntrain T on M {{\n  loss {loss}\n  optimizer adam\n  epochs 5\n}}\n");
        Assert.StartsWith("3,8: DLM0607 ", single, StringComparison.Ordinal);
        Assert.Contains(help, single, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nett", "2,12: DLM0101 There is no model or objective 'Nett'. Did you mean 'Net'?")]
    [InlineData("Net(clases: 5)", "2,16: DLM0103 'Net' has no argument 'clases'. Did you mean 'classes'?")]
    [InlineData("Net(classes: 0.5)", "2,25: DLM0105 'classes' takes a whole number, not the number 0.5.")]
    [InlineData("T", "2,12: DLM0720 'T' is a recipe itself. A recipe trains a model.")]
    public void TheTargetIsAModel(string target, string expected) =>
        Assert.Equal(expected, Single(Recipe("loss cross_entropy\noptimizer adam\nepochs 5", target)));

    [Fact]
    public void OfATargetThatIsNotThereNothingElseIsSaid() => Assert.Equal(
        "2,12: DLM0101 There is no model or objective 'Gamee'.",
        Single(Recipe("optimizer painter: adam(rate: 1e-3)\nepochs 5", "Gamee")));

    [Theory]
    [InlineData("block N : [B, 4] -> [B, 2] { linear(2) }", "'N' is a block, a part of a network. A recipe trains a model.")]
    [InlineData("fn N(x) = x + 1", "'N' is a function. A recipe trains a model.")]
    [InlineData("model N : [B, 4] -> (a: [B, 2], b: [B, 2]) {\n  (linear(2), linear(2))\n}", "'N' gives 2 tensors, and the loss of a recipe judges one. Write an objective that says what becomes of each.")]
    [InlineData("model N : (x: [B, 4], target: [B, 4]) -> [B, 2] { x + target -> linear(2) }", "'N' has an input 'target', which is what a batch calls the right answer. Give the input another name.")]
    public void NotEverythingCanBeTrained(string declaration, string expected) =>
        Assert.EndsWith($"DLM0720 {expected}", Single($"{declaration}\ntrain T on N {{\n  loss mse\n  optimizer adam\n  epochs 5\n}}\n"));

    [Fact]
    public void AParameterWithoutADefaultMustBeGiven() => Assert.Equal(
        "2,12: DLM0104 'N' needs 'n': it takes a whole number.",
        Single("model N(n: int) : [B, 4] -> [B, n] { linear(n) }\ntrain T on N {\n  loss mse\n  optimizer adam\n  epochs 5\n}\n"));

    [Theory]
    [InlineData("rate 0.1 * 80, 0.01 * 40", "Epochs = 120,\nSchedule = new PiecewiseSchedule((0.1, 80), (0.01, 40)),")]
    [InlineData("rate 0.1 * 80, 0.01\nepochs 100", "Epochs = 100,\nSchedule = new PiecewiseSchedule((0.1, Period.Epochs(80)), (0.01, Period.Share(1))),")]
    [InlineData("rate 0.1 * 400 steps, 0.01 * 200 steps", "Epochs = int.MaxValue,\nSteps = 600,\nSchedule = new PiecewiseSchedule((0.1, Period.Steps(400)), (0.01, Period.Steps(200))),")]
    [InlineData("rate 0.1 * 10, 0.01 * 10, warmup: 5 epochs", "Epochs = 25,\nSchedule = ScheduleExtensions.After(new PiecewiseSchedule((0.1, 10), (0.01, 10)), Period.Epochs(5)),")]
    [InlineData("rate 0.1\nepochs 3", "Epochs = 3,")]
    [InlineData("rate 0.1, warmup: 0.1\nepochs 3", "Epochs = 3,\nSchedule = ScheduleExtensions.After(new ConstantSchedule(), Period.Share(0.1)),")]
    [InlineData("rate cosine(0.1)\nepochs 3", "Epochs = 3,\nSchedule = new CosineSchedule(),")]
    [InlineData("rate cosine_restarts(0.1, first: 10 epochs, stretch: 2)\nepochs 70", "Epochs = 70,\nSchedule = new CosineRestartsSchedule(first: Period.Epochs(10), stretch: 2),")]
    [InlineData("rate linear(0.1, floor: 0.01)\nepochs 3", "Epochs = 3,\nSchedule = new PolynomialSchedule(floor: 0.01),")]
    [InlineData("rate polynomial(0.1, power: 2)\nepochs 3", "Epochs = 3,\nSchedule = new PolynomialSchedule(power: 2),")]
    [InlineData("rate exponential(0.1, factor: 0.9)\nepochs 3", "Epochs = 3,\nSchedule = new ExponentialSchedule(factor: 0.9),")]
    [InlineData("rate step(0.1, every: 30 epochs)\nepochs 90", "Epochs = 90,\nSchedule = new StepSchedule(every: Period.Epochs(30)),")]
    [InlineData("rate step(0.7, every: 0.5 epochs, first: 5 epochs, factor: 0.5)\nepochs 10", "Epochs = 10,\nSchedule = new StepSchedule(every: Period.Epochs(0.5), factor: 0.5, first: Period.Epochs(5)),")]
    [InlineData("rate noam(width: 512)\nsteps 90_000", "Epochs = int.MaxValue,\nSteps = 90000,\nSchedule = new NoamSchedule(width: 512),")]
    [InlineData("rate one_cycle(0.1, rise: 0.25, linear: true)\nepochs 3", "Epochs = 3,\nSchedule = new OneCycleSchedule(rise: 0.25, linear: true),")]
    [InlineData("rate slanted_triangular(0.1, ratio: 16)\nepochs 3", "Epochs = 3,\nSchedule = new SlantedTriangularSchedule(ratio: 16),")]
    [InlineData("rate plateau(0.1, score: accuracy, patience: 3)\nmetrics accuracy\nepochs 3", "Epochs = 3,\nSchedule = new PlateauSchedule(score: \"accuracy\", rising: true, patience: 3),")]
    public void RatesBecomeSchedules(string rate, string expected)
    {
        var code = Compiling.CSharp(Recipe($"loss cross_entropy\noptimizer sgd\n{rate}")).Replace("global::Dlm.Runtime.Schedules.", "", StringComparison.Ordinal);
        var options = code.Split("TrainerOptions Options => new()\n    {\n")[1].Split("        Recipe = ")[0];
        Assert.Equal(expected, string.Join("\n", options.Trim().Split('\n').Select(line => line.Trim())));
    }

    [Theory]
    [InlineData("adadelta(rho: 0.95)", "Adadelta(network, rate, rho: 0.95)")]
    [InlineData("adagrad(rate: 0.01, start: 0.1)", "Adagrad(network, rate, start: 0.1)")]
    [InlineData("adam", "Adam(network, rate)")]
    [InlineData("adamw(decay: 0)", "AdamW(network, rate, weightDecay: 0)")]
    [InlineData("lamb(decay: 0.1)", "Lamb(network, rate, weightDecay: 0.1)")]
    [InlineData("lars(0.1, trust: 0.01)", "Lars(network, rate, trust: 0.01)")]
    [InlineData("lion(rate: 1e-4, beta2: 0.98)", "Lion(network, rate, beta2: 0.98)")]
    [InlineData("nadam(momentum_decay: 0.01)", "NAdam(network, rate, momentumDecay: 0.01)")]
    [InlineData("radam(epsilon: 1e-9)", "RAdam(network, rate, epsilon: 1E-09)")]
    [InlineData("rmsprop(rate: 0.01, alpha: 0.9, centered: true)", "RmsProp(network, rate, alpha: 0.9, centered: true)")]
    [InlineData("sgd(0.1, momentum: 0.9, nesterov: true)", "Sgd(network, rate, momentum: 0.9, nesterov: true)")]
    public void OptimizersBecomeTheRuntimes(string optimizer, string expected) => Assert.Contains(
        $"new global::Dlm.Runtime.Optimizers.{expected};", Compiling.CSharp(Recipe($"loss cross_entropy\noptimizer {optimizer}\nepochs 5")), StringComparison.Ordinal);

    [Theory]
    [InlineData("freeze", "6,1: DLM0703 This is not how 'freeze' is set. Write freeze \"features.*\".")]
    [InlineData("freeze conv1", "6,1: DLM0703 This is not how 'freeze' is set.")]
    [InlineData("freeze \"conv2.*\"", "6,8: DLM0710 No parameter of the network matches \"conv2.*\". Did you mean 'conv1.*'?")]
    [InlineData("freeze \"conv1\", \"head\"", "6,17: DLM0710 No parameter of the network matches \"head\". There are conv1.weight, conv1.bias, fc.weight, fc.bias.")]
    [InlineData("freeze \"conv1\"\nfreeze \"fc.*\"", "6,1: DLM0713 All parameters of the network are frozen: nothing is left to train. Leave something out.")]
    [InlineData("group \"fc\": rate 0.1x", "6,1: DLM0712 conv1.weight and 1 more are in no group and would never learn. End with: group \"*\", for the rest with the optimizer's own settings; or freeze them.")]
    [InlineData("group \"*\"\ngroup \"fc\": rate 0.1x", "7,7: DLM0711 All that \"fc\" matches, such as fc.weight, is in an earlier group. Put the narrower pattern first.")]
    [InlineData("freeze \"fc\"\ngroup \"fc\": rate 0.1x\ngroup \"*\"", "7,7: DLM0711 All that \"fc\" matches, such as fc.weight, is frozen. Remove this group, or do not freeze it.")]
    [InlineData("group \"fcc\": rate 2x\ngroup \"*\"", "6,7: DLM0710 No parameter of the network matches \"fcc\". Did you mean 'fc'?")]
    [InlineData("group \"*\": rate -1x", "6,1: DLM0703 This is not how 'group' is set.")]
    [InlineData("group \"*\": rate 0x", "6,17: DLM0106 'rate' is 0x; it must be more than 0.")]
    [InlineData("group \"*\": rate 5 epochs", "6,17: DLM0105 'rate' takes a rate, or a factor such as 0.1x, not 5 epochs.")]
    [InlineData("group \"*\": momentum 0.5", "6,12: DLM0103 'group' has no argument 'momentum'. It takes rate, decay.")]
    [InlineData("group \"*\": decay 0, decay 1", "6,21: DLM0103 'group' is given 'decay' twice. Remove one.")]
    [InlineData("accumulate 0", "6,12: DLM0106 'accumulate' is 0; it must be from 1 to 2_147_483_647.")]
    [InlineData("clip 0", "6,6: DLM0106 'clip' is 0; it must be more than 0.")]
    [InlineData("clip_value -1", "6,12: DLM0106 'clip_value' is -1; it must be more than 0.")]
    [InlineData("precision float8", "6,11: DLM0704 There is no precision 'float8'. Did you mean 'float16'?")]
    [InlineData("precision 16", "6,1: DLM0703 This is not how 'precision' is set. Write precision bfloat16.")]
    [InlineData("stop", "6,1: DLM0703 This is not how 'stop' is set. Write stop accuracy, patience: 10.")]
    [InlineData("stop accuracy, patience: 3", "6,6: DLM0704 There is no score 'accuracy'. There is loss.")]
    [InlineData("stop loss, patience: 0", "6,22: DLM0106 'patience' is 0; it must be from 1 to 2_147_483_647.")]
    [InlineData("stop loss, patiense: 3", "6,12: DLM0103 'stop' has no argument 'patiense'. Did you mean 'patience'?")]
    [InlineData("average emma(0.9)", "6,9: DLM0704 There is no average 'emma'. Did you mean 'ema'?")]
    [InlineData("average ema(1.5)", "6,13: DLM0106 'decay' is 1.5; it must be at least 0 and less than 1.")]
    public void GroupsAndConductAreChecked(string settings, string expected) =>
        Assert.StartsWith(expected, Single(Recipe($"loss cross_entropy\noptimizer adam\nepochs 5\n{settings}")));

    [Theory]
    [InlineData("accumulate 4", "AccumulateBatches = 4,")]
    [InlineData("clip 1.0", "ClipNorm = 1,")]
    [InlineData("clip_value 10", "ClipValue = 10,")]
    [InlineData("precision bfloat16", "Precision = Training.Precision.BFloat16,")]
    [InlineData("stop patience: 3", "EarlyStopping = new Training.EarlyStopping(patience: 3),")]
    [InlineData("metrics balanced_accuracy\nstop balanced_accuracy, patience 3, improvement 0.01",
        "EarlyStopping = new Training.EarlyStopping(\"balanced accuracy\", patience: 3, minimumImprovement: 0.01),\n        BestBy = \"balanced accuracy\",")]
    [InlineData("average ema(0.999)", "Averaging = new Averaging.ExponentialAverage(decay: 0.999),")]
    [InlineData("average swa(from: 75, every: 100 steps)", "Averaging = new Averaging.EqualAverage(fromEpoch: 75, everySteps: 100),")]
    [InlineData("freeze \"conv1.*\", \"fc.bias\"", "FineTuning.Freezing.Freeze(network, \"conv1.*\", \"fc.bias\");")]
    [InlineData("group \"fc\": rate 0.1x, decay 0\ngroup \"*.bias\": rate 0.5\ngroup \"*\"", "FineTuning.ParameterGroups.ByPattern(network, (\"fc\", 0.1 * rate, 0), (\"*.bias\", 0.5, null), (\"*\", rate, null));")]
    public void GroupsAndConductBecomeCSharp(string settings, string expected) => Assert.Contains(
        expected,
        Compiling.CSharp(Recipe($"loss cross_entropy\noptimizer adam\nepochs 5\n{settings}")).Replace("global::Dlm.Runtime.", "", StringComparison.Ordinal),
        StringComparison.Ordinal);

    private const string Game = """
        model Painter(z: int = 10) : [B, z] -> [B, 8] { linear(8) }
        model Expert : [B, 8] -> [B, 1] { linear(1) }
        objective Game(generator: model, discriminator: model, z: int = 10) : (real: [B, N]) {
          fake = randn(B, z) -> generator
          minimize discriminator: bce_with_logits(real -> discriminator, 1) + bce_with_logits(stop(fake) -> discriminator, 0)
          minimize generator: bce_with_logits(fake -> discriminator, 1)
        }
        objective PaintingGame = Game(Painter, Expert)

        """;

    [Theory]
    [InlineData("Game", "optimizer adam", "9,12: DLM0720 'Game' is a pattern: its networks are still to be given. Write Game(...) with a model for each.")]
    [InlineData("Game(Painter)", "optimizer adam", "9,12: DLM0104 'Game' needs 'discriminator': write Game(generator, discriminator) with a model for each.")]
    [InlineData("Game(Painter, 3)", "optimizer adam", "9,26: DLM0105 'discriminator' takes a model, not the whole number 3.")]
    [InlineData("PaintingGame", "batch 3", "9,7: DLM0702 Nothing in 'T' says what changes the parameters. Add a line such as optimizer adam for all networks, or optimizer generator: adam for one.")]
    [InlineData("PaintingGame", "optimizer generator: adam", "9,7: DLM0702 Nothing in 'T' says what steps 'discriminator'. Add a line such as optimizer discriminator: adam.")]
    [InlineData("PaintingGame", "optimizer generater: adam", "10,11: DLM0704 There is no network 'generater'. Did you mean 'generator'?")]
    [InlineData("PaintingGame", "optimizer adam\noptimizer sgd(0.1)", "11,1: DLM0701 'optimizer' is set already, on line 10. Remove one.")]
    [InlineData("PaintingGame", "optimizer adam\noptimizer generator: sgd(0.1)\noptimizer generator: adam", "12,11: DLM0701 'optimizer generator' is set already, on line 11. Remove one.")]
    [InlineData("PaintingGame", "optimizer adam\nloss mse", "11,1: DLM0112 'loss' in a recipe for an objective is not possible here. The objective says what is minimised: remove this line.")]
    [InlineData("PaintingGame", "optimizer adam\nstop accuracy", "11,6: DLM0704 There is no score 'accuracy'. There are discriminator, generator.")]
    [InlineData("PaintingGame", "optimizer adam(rate: 0.1)\nrate 0.2", "10,22: DLM0705 The rate is set on line 11 already. Remove it here or there.")]
    [InlineData("PaintingGame", "optimizer adam\nrate plateau(0.1)", "11,6: DLM0104 'plateau' needs 'score': write plateau(0.1, score: discriminator).")]
    [InlineData("PaintingGame", "optimizer adam\ninit { conv: zeros }", "11,8: DLM0123 No layer with parameters is a 'conv' here. There is linear.")]
    [InlineData("PaintingGame", "optimizer adam\ninit { \"generater.*\": zeros }", "11,8: DLM0123 No parameter matches \"generater.*\". ")]
    [InlineData("PaintingGame", "optimizer adam\ninit { \"linear1.bias\": zeros }", "11,8: DLM0123 No parameter matches \"linear1.bias\". ")]
    [InlineData("PaintingGame", "optimizer adam\ninit { linear: normal(0, 1 / z) }", "11,30: DLM0101 There is no parameter or value 'z'.")]
    [InlineData("PaintingGame", "optimizer adam\nfreeze \"generator.linear2\"", "11,8: DLM0710 No parameter of the network matches \"generator.linear2\". Did you mean 'generator.linear1'?")]
    [InlineData("PaintingGame", "optimizer adam\ngroup \"generator\": decay 0", "11,1: DLM0712 discriminator.linear1.weight and 1 more are in no group and would never learn. End with: group \"*\", for the rest with the optimizer's own settings; or freeze them.")]
    [InlineData("PaintingGame", "optimizer adam\nfreeze \"generator.*\"", "11,1: DLM0713 All parameters of the network are frozen: nothing is left to train. Leave something out.")]
    public void RecipesForObjectivesAreChecked(string target, string settings, string expected) =>
        Assert.StartsWith(expected, Single($"{Game}train T on {target} {{\n{settings}\nepochs 5\n}}\n"));

    [Fact]
    public void TheGroupsOfAnObjectiveAreThoseOfItsNetworks()
    {
        var code = Compiling.CSharp(Game + """
            train T on PaintingGame {
              optimizer adamw
              freeze    "generator.linear1.bias"
              group     "*.bias": decay 0
              group     "discriminator.linear1": rate 0.1x
              group     "*"
              epochs    5
            }
            """).Replace("global::Dlm.Runtime.", "", StringComparison.Ordinal);
        Assert.Contains("FineTuning.Freezing.Freeze(network, \"linear1.bias\");\n        return new Optimizers.AdamW(FineTuning.ParameterGroups.ByPattern(network, (\"*\", rate, null)), rate);", code, StringComparison.Ordinal);
        Assert.Contains("    new Optimizers.AdamW(FineTuning.ParameterGroups.ByPattern(network, (\"*.bias\", rate, 0), (\"*\", 0.1 * rate, null)), rate);", code, StringComparison.Ordinal);
    }

    [Fact]
    public void TheParametersOfAnObjectiveAreThoseOfItsNetworks()
    {
        var code = Compiling.CSharp($"{Game}train T on PaintingGame {{\n  optimizer adam\n  epochs 5\n  seed 3\n  init {{ linear: normal(0, 0.1), \"generator.linear1.bias\": 1 }}\n}}\n");
        Assert.Contains("CreateNetworks(long seed = Seed)\n    {\n        global::TorchSharp.torch.manual_seed(seed);\n        var generator = new Painter();\n        var discriminator = new Expert();\n", code, StringComparison.Ordinal);
        Assert.Contains("in global::System.Linq.Enumerable.Concat(DlmInit.ParametersOf(generator, \"generator.\"), DlmInit.ParametersOf(discriminator, \"discriminator.\")))", code, StringComparison.Ordinal);
        Assert.Contains("if (key == \"generator.linear1.bias\")", code, StringComparison.Ordinal);
        Assert.Contains("return (generator, discriminator);", code, StringComparison.Ordinal);
    }

    [Fact]
    public void ARecipeCompletesAnObjective()
    {
        var code = Compiling.CSharp($"{Game}train T on Game(Painter, Expert, z: 10) {{\n  optimizer generator: adam\n  optimizer lion\n  rate plateau(1e-4, score: generator)\n  epochs 5\n}}\n");
        Assert.Contains("PlateauSchedule(score: \"generator\")", code, StringComparison.Ordinal);
        Assert.Contains("public sealed partial class TObjective : ", code, StringComparison.Ordinal);
        Assert.Contains("new TObjective(generator, discriminator, generatorOptimizer ?? CreateGeneratorOptimizer(generator), discriminatorOptimizer ?? CreateDiscriminatorOptimizer(discriminator));", code, StringComparison.Ordinal);
        Assert.Contains("public const double DiscriminatorRate = 0.0001;", code, StringComparison.Ordinal);
    }

    [Fact]
    public void ARecipeMayStandBeforeItsModelAndInAnotherFile()
    {
        const string Train = "train T on Net {\n  loss cross_entropy\n  optimizer adam\n  epochs 5\n}\n";
        Assert.Contains("public static partial class T", Compiling.CSharp(Train + Net), StringComparison.Ordinal);
        var other = Compiling.Parse("namespace Nets\n" + Net, "nets.dlm");
        var recipe = Compiling.Parse("use Nets\n" + Train);
        var compiled = DlmCompiler.Compile(recipe, new Dlm.Dsl.Text.EquatableArray<ParsedFile>([other]), Compiling.Options);
        Assert.Empty(compiled.Diagnostics);
        Assert.Contains("CreateTrainer(\n        global::Nets.Net network", Assert.Single(compiled.Sources).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void AMistakeElsewhereLeavesTheObjectiveWhole() => Assert.Equal(
        "5,5: DLM0700 A recipe has no setting 'bach'. Did you mean 'batch'?",
        Single("model N : [B, 4] -> [B, 4] { linear(4) }\nobjective Same(net: N) : (x: [B, 4]) { minimize net: mse(x -> net, x) }\ntrain T on Same {\n  optimizer adam\n    bach 3\n  epochs 5\n}\n"));

    [Fact]
    public void AModelThatIsWrongIsSaidToBeSoOnce() => Assert.StartsWith(
        "1,30: DLM0101 There is no stage 'linaer'.", Single("model N : [B, 4] -> [B, 2] { linaer(2) }\ntrain T on N {\n  loss mse\n  optimizer adam\n  epochs 5\n}\n"));

    /// <summary>A recipe with a mistake in its spelling, and all that is said of it.</summary>
    [Theory]
    [InlineData("train on Net {\n  loss mse\n}", "2,10: DLM0004 Expected 'on' and what is trained, such as on ResNet20, found 'Net'.")]
    [InlineData("train T Net {\n  loss mse\n}", "2,9: DLM0004 Expected 'on' and what is trained, such as on ResNet20, found 'Net'.")]
    [InlineData("train T on {\n  loss mse\n}", "2,12: DLM0004 Expected what is trained, such as ResNet20, found '{'.")]
    [InlineData("train T on Net\n  loss mse\n", "2,14: DLM0004 Expected '{' and the settings, found 'loss'.")]
    [InlineData("train T on Net {\n  loss mse", "2,16: DLM0006 This '{' is never closed. Write '}' where it ends.")]
    [InlineData("train T on Net {\n  loss mse optimizer adam\n  epochs 5\n}", "3,12: DLM0004 Expected ',' or the end of the line, found 'optimizer'.")]
    [InlineData("train T on Net {\n  : mse\n  epochs 5\n}", "3,3: DLM0004 Expected a setting, such as loss or optimizer, found ':'.")]
    [InlineData("train T on Net {\n  rate 0.1 *\n}", "3,12: DLM0004 Expected a stage or a value, found '}'.")]
    [InlineData("train T on Net {\n  optimizer sgd(momentum: 0.9\n  epochs 5\n}", "3,16: DLM0006 This '(' is never closed. Write ')' where it ends.")]
    public void OneSlipIsOneMessage(string recipe, string expected) => Assert.Equal(expected, Single($"{Net}{recipe}\n"));

    [Fact]
    public void WordsOfRecipesAreNamesElsewhere() => Assert.Empty(Compiling.Diagnose(
        "model train(epochs: int = 2, steps: int = 3) : (on: [B, 4]) -> [B, epochs] {\n  loss = on -> rate: linear(steps)\n  x = loss -> seed: linear(epochs)\n  x\n}\n"));

    private static string Single(string source)
    {
        var listed = Compiling.Listed(Compiling.Diagnose(source));
        Assert.True(Compiling.Diagnose(source).Count == 1, listed);
        return listed;
    }
}
