using static Dlm.Dsl.Elaboration.Recipes.ArgumentRange;

namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>The optimizers that a recipe can name. Defaults are the runtime's.</summary>
internal static class OptimizerRows
{
    /// <summary>What every optimizer calls its learning rate.</summary>
    public const string Rate = "rate";

    public static IReadOnlyList<RecipeRow> All { get; } =
    [
        new("adadelta", "Adadelta", OwnRate(1), new("rho", Share, "rho"), Epsilon, Decay),
        new("adagrad", "Adagrad", OwnRate(1e-2), new("rate_decay", NotNegative, "rateDecay"), Decay, new("start", NotNegative, "start"), Epsilon),
        new("adam", "Adam", [OwnRate(1e-3), .. Betas, Epsilon, Decay, Amsgrad]),
        new("adamw", "AdamW", [OwnRate(1e-3), .. Betas, Epsilon, Decay, Amsgrad]),
        new("lamb", "Lamb", [OwnRate(1e-3), .. Betas, Epsilon, Decay]),
        new("lars", "Lars", NeededRate, Momentum, Decay, new("trust", Positive, "trust"), Epsilon),
        new("lion", "Lion", [OwnRate(1e-4), .. Betas, Decay]),
        new("nadam", "NAdam", [OwnRate(2e-3), .. Betas, Epsilon, Decay, new("momentum_decay", NotNegative, "momentumDecay")]),
        new("radam", "RAdam", [OwnRate(1e-3), .. Betas, Epsilon, Decay]),
        new("rmsprop", "RmsProp", OwnRate(1e-2), new("alpha", Share, "alpha"), Epsilon, Momentum, new("centered", Switch, "centered"), Decay),
        new("sgd", "Sgd", NeededRate, Momentum, Decay, new("nesterov", Switch, "nesterov"), new("dampening", UpToOne, "dampening")),
    ];

    private static RecipeArgument OwnRate(double rate) => new(Rate, Positive) { Default = rate };

    // It has no rate that fits most networks.
    private static RecipeArgument NeededRate => new(Rate, Positive) { IsRequired = true, Example = "0.1" };

    private static RecipeArgument Momentum => new("momentum", Share, "momentum");

    private static RecipeArgument Decay => new("decay", NotNegative, "weightDecay");

    private static RecipeArgument Epsilon => new("epsilon", NotNegative, "epsilon");

    private static RecipeArgument Amsgrad => new("amsgrad", Switch, "amsgrad");

    private static RecipeArgument[] Betas => [new("beta1", Share, "beta1"), new("beta2", Share, "beta2")];
}
