using static Dlm.Dsl.Elaboration.Recipes.ArgumentRange;

namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>The schedules that a recipe can name. The first argument is the highest rate; defaults are the runtime's.</summary>
internal static class ScheduleRows
{
    /// <summary>How long the rate rises before the schedule begins.</summary>
    public const string Warmup = "warmup";

    public static IReadOnlyList<RecipeRow> All { get; } =
    [
        new("cosine", "CosineSchedule", Rate, Rise, Floor),
        new("cosine_restarts", "CosineRestartsSchedule", Rate, Needed("first", "10 epochs"), new("stretch", AtLeastOne, "stretch"), Floor, Rise),
        new("exponential", "ExponentialSchedule", Rate, new("factor", Part, "factor") { IsRequired = true, Example = "0.95" }, new("every", Length, "every"), Rise),
        new("linear", "PolynomialSchedule", Rate, Rise, Floor),
        new("noam", "NoamSchedule", new("width", Count, "width") { IsRequired = true, Example = "512" }, new(Warmup, Steps, "warmup"), new("rate", Positive)),
        new("one_cycle", "OneCycleSchedule", Rate, new("rise", Part, "rise"), new("start", Part, "start"), new("end", Part, "end"), new("linear", Switch, "linear")),
        new("plateau", "PlateauSchedule", Rate, new("score", Word, "score"), new("factor", Part, "factor"), new("patience", Count, "patience"),
            new("threshold", NotNegative, "threshold"), new("cooldown", NumberFromZero, "cooldown"), Floor, Rise),
        new("polynomial", "PolynomialSchedule", Rate, new("power", Positive, "power"), Rise, Floor),
        new("slanted_triangular", "SlantedTriangularSchedule", Rate, new("cut", Part, "cut"), new("ratio", AtLeastOne, "ratio")),
        new("step", "StepSchedule", Rate, Needed("every", "30 epochs"), new("factor", Part, "factor"), new("first", Length, "first"), Rise),
    ];

    private static RecipeArgument Rate => new("rate", Positive);

    // What rises by itself has an argument of this name in C#; the others are put behind a rise.
    private static RecipeArgument Rise => new(Warmup, Length);

    private static RecipeArgument Floor => new("floor", UpToOne, "floor");

    private static RecipeArgument Needed(string name, string example) => new(name, Length, name) { IsRequired = true, Example = example };
}
