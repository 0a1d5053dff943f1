using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>A recipe that has no error: what its C# class is written from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">Where its class is.</param>
/// <param name="Documentation">The lines of its doc comment.</param>
/// <param name="Text">Its lines, as the file has them but for blanks and comments.</param>
/// <param name="Rate">The learning rate, and how it changes.</param>
/// <param name="Run">How long the run is, and in what portions.</param>
/// <param name="Conduct">What a run does beside its steps.</param>
internal abstract record ElaboratedRecipe(
    string Name,
    string Namespace,
    IReadOnlyList<string> Documentation,
    IReadOnlyList<string> Text,
    RecipeRate Rate,
    RecipeRun Run,
    RecipeConduct Conduct)
{
    /// <summary>What is counted beside the loss.</summary>
    public IReadOnlyList<RecipeMetric> Metrics { get; init; } = [];

    /// <summary>How parameters begin where not as the models have it; of several rules for one the last counts.</summary>
    public IReadOnlyList<InitRule> Init { get; init; } = [];
}

/// <summary>A recipe for a model: one network, one loss, one optimizer.</summary>
internal sealed record ModelRecipe(
    string Name,
    string Namespace,
    IReadOnlyList<string> Documentation,
    IReadOnlyList<string> Text,
    RecipeRate Rate,
    RecipeRun Run,
    RecipeConduct Conduct,
    RecipeNetwork Network,
    RecipeLoss Loss,
    RecipeCall Optimizer) : ElaboratedRecipe(Name, Namespace, Documentation, Text, Rate, Run, Conduct)
{
    /// <summary>Patterns of the parameters that stay as they are.</summary>
    public IReadOnlyList<string> Frozen { get; init; } = [];

    /// <summary>The groups of parameters with settings of their own; none where all have the optimizer's.</summary>
    public IReadOnlyList<RecipeGroup> Groups { get; init; } = [];
}

/// <summary>A recipe for an objective: an optimizer for each network that it steps.</summary>
internal sealed record ObjectiveRecipe(
    string Name,
    string Namespace,
    IReadOnlyList<string> Documentation,
    IReadOnlyList<string> Text,
    RecipeRate Rate,
    RecipeRun Run,
    RecipeConduct Conduct,
    ElaboratedObjective Objective,
    IReadOnlyList<NetworkOptimizer> Optimizers) : ElaboratedRecipe(Name, Namespace, Documentation, Text, Rate, Run, Conduct);

/// <summary>What steps a network of an objective.</summary>
/// <param name="Network">The network.</param>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="Rate">Its learning rate.</param>
/// <param name="Groups">The groups of its parameters, by patterns of the network's own keys; without any, all are one.</param>
/// <param name="Frozen">Which parameters stay as they are, by patterns of the network's own keys.</param>
internal sealed record NetworkOptimizer(ObjectiveNetwork Network, RecipeCall Optimizer, double Rate, IReadOnlyList<RecipeGroup> Groups, IReadOnlyList<string> Frozen);

/// <summary>The network of a recipe.</summary>
/// <param name="Model">The model, with the arguments of the recipe.</param>
/// <param name="Given">The arguments that the recipe gives.</param>
internal sealed record RecipeNetwork(ElaboratedModel Model, IReadOnlyList<KeyValuePair<string, StaticValue>> Given)
{
    /// <summary>Every argument that the model is made with, by the name of its parameter.</summary>
    public IReadOnlyDictionary<string, StaticValue> Arguments { get; init; } = new Dictionary<string, StaticValue>();

    /// <summary>What its class is written from.</summary>
    public ElaboratedBlock Class => Model.Class;

    /// <summary>What flows out.</summary>
    public TensorType Output => Model.AtDefaults.Results[0].Type;

    /// <summary>The keys of what it trains.</summary>
    public IEnumerable<string> ParameterKeys => Model.State.Where(s => !s.Weight.IsBuffer).Select(s => s.Key);
}

/// <summary>The loss of a recipe: a row of the operator table, called with what the network says and what it should have said.</summary>
/// <param name="Row">The row.</param>
/// <param name="Form">How the call is written.</param>
/// <param name="Classes">The dimension of the output that has a score for each class; null where the target has the output's shape.</param>
internal sealed record RecipeLoss(Operator Row, CSharpForm Form, int? Classes);

/// <summary>A metric of a recipe.</summary>
/// <param name="Name">Its name in the language.</param>
/// <param name="Score">The name of its score in the runtime.</param>
/// <param name="CSharp">The expression that makes it.</param>
internal sealed record RecipeMetric(string Name, string Score, string CSharp);

/// <summary>The learning rate of a recipe.</summary>
/// <param name="Highest">What the optimizer is made with.</param>
/// <param name="Pieces">The rates one after another; empty where there is another schedule, or none.</param>
/// <param name="Schedule">The schedule that is named; null where none is.</param>
/// <param name="Warmup">How long it rises before; null where it does not.</param>
internal sealed record RecipeRate(double Highest, IReadOnlyList<RatePiece> Pieces, RecipeCall? Schedule, StaticValue? Warmup)
{
    /// <summary>The schedule that is named, alone or behind rates.</summary>
    public RecipeCall? Named => Schedule ?? Pieces.LastOrDefault()?.Schedule;

    /// <summary>How long the pieces and the rise before them last together; null where there are none, the last goes on, or they are not counted alike.</summary>
    public MeasureValue? Length
    {
        get
        {
            if (Pieces.Count == 0) return null;
            var all = Pieces.Select(p => p.Length).Concat(Warmup is null ? [] : [Warmup as MeasureValue]).ToArray();
            var unit = Pieces[0].Length?.Unit;
            return all.All(l => l is not null && l.Unit == unit) ? new MeasureValue(all.Sum(l => l!.Amount), unit!.Value) : null;
        }
    }
}

/// <summary>A rate for a while.</summary>
/// <param name="Rate">The rate.</param>
/// <param name="Length">How long; null for the rest of the run.</param>
/// <param name="Schedule">How it changes meanwhile; null where it stays.</param>
internal sealed record RatePiece(double Rate, MeasureValue? Length, RecipeCall? Schedule);

/// <summary>How long a recipe trains, in what portions, from what seed.</summary>
/// <param name="Length">How long.</param>
/// <param name="Batch">How many samples a step takes; null where C# says it.</param>
/// <param name="Seed">The seed; null where C# says it.</param>
internal sealed record RecipeRun(MeasureValue Length, long? Batch, long? Seed);

/// <summary>Parameters with settings of their own.</summary>
/// <param name="Pattern">Which: of those that match, the ones that are in no earlier group.</param>
/// <param name="Rate">Their rate, or how many times the recipe's it is; null for the recipe's.</param>
/// <param name="Decay">Their weight decay; null for the optimizer's.</param>
internal sealed record RecipeGroup(string Pattern, StaticValue? Rate, double? Decay);

/// <summary>What a run does beside its steps; null stands for what is not set.</summary>
/// <param name="Accumulate">How many batches share a step.</param>
/// <param name="Clip">The largest norm of the gradients.</param>
/// <param name="ClipValue">The largest size of each gradient.</param>
/// <param name="Precision">In what type products are computed, as C# names it.</param>
/// <param name="Stop">When it ends early.</param>
/// <param name="Average">The mean of the weights that is kept.</param>
internal sealed record RecipeConduct(long? Accumulate, double? Clip, double? ClipValue, string? Precision, RecipeStop? Stop, RecipeCall? Average);

/// <summary>Early stopping.</summary>
/// <param name="Call">Its arguments.</param>
/// <param name="Score">The score in the runtime; null for the loss.</param>
internal sealed record RecipeStop(RecipeCall Call, string? Score);
