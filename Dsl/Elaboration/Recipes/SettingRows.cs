namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>A setting of a recipe.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Example">How it is written.</param>
internal sealed record SettingRow(string Name, string Example)
{
    /// <summary>Whether it may stand several times, each for something else.</summary>
    public bool IsRepeatable { get; init; }
}

/// <summary>Every setting.</summary>
internal static class SettingRows
{
    public static IReadOnlyList<SettingRow> All { get; } =
    [
        new("accumulate", "accumulate 4"),
        new("average", "average ema(0.999)"),
        new("batch", "batch 128"),
        new("clip", "clip 1.0"),
        new("clip_value", "clip_value 10"),
        new("epochs", "epochs 90"),
        new("freeze", "freeze \"features.*\"") { IsRepeatable = true },
        new("group", "group \"*.bias\": rate 0.1x, decay 0") { IsRepeatable = true },
        new("loss", "loss cross_entropy"),
        new("metrics", "metrics accuracy"),
        new("optimizer", "optimizer sgd(momentum: 0.9, decay: 1e-4)"),
        new("precision", "precision bfloat16"),
        new("rate", "rate 0.1 * 60, 0.01 * 30, or rate cosine(0.1, warmup: 5 epochs)"),
        new("seed", "seed 0"),
        new("steps", "steps 100_000"),
        new("stop", "stop accuracy, patience: 10"),
    ];

    /// <summary>The row of a name, or null.</summary>
    public static SettingRow? Find(string name) => All.FirstOrDefault(row => row.Name == name);
}
