using System.Globalization;
using System.Reflection;
using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using TorchSharp.Modules;

namespace Dlm.Runtime.Training;

/// <summary>By what recipe and what code a run trains: kept in its checkpoints, and compared when it is resumed.</summary>
internal static class RunRecipe
{
    private const string Prefix = "recipe/";

    /// <summary>Writes the recipe and the versions of the code.</summary>
    public static void Save(CheckpointState state, Objective objective, DataLoader training, TrainerOptions options)
    {
        foreach ((string name, string value) in Of(objective, training, options)) state.Set(Prefix + name, value);
        state.Set("code/runtime", Version(typeof(RunRecipe).Assembly));
        state.Set("code/torch", TorchSharp.torch.__version__);
        if (Assembly.GetEntryAssembly() is { } program) state.Set("code/program", Version(program));
    }

    /// <summary>What is done otherwise than in the run that wrote a checkpoint: "epochs 10, in the checkpoint 5".</summary>
    public static IEnumerable<string> Differences(CheckpointState state, Objective objective, DataLoader training, TrainerOptions options) =>
        from item in Of(objective, training, options)
        where state.Has(Prefix + item.Name) && state.Text(Prefix + item.Name) != item.Value
        select $"{item.Name.Replace('_', ' ')} {item.Value}, in the checkpoint {state.Text(Prefix + item.Name)}";

    /// <summary>The recipe: name and value.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(Objective objective, DataLoader training, TrainerOptions options) =>
    [
        ("text", options.Recipe ?? "none"),
        ("objective", objective.GetType().Name),
        ("parameters", ParametersOf(objective).Sum(parameter => parameter.numel()).ToString("n0", CultureInfo.InvariantCulture)),
        ("device", ParametersOf(objective).FirstOrDefault()?.device.ToString() ?? "none"),
        ("precision", options.Precision.ToString()),
        ("optimizers", string.Join(", ", objective.Optimizers.Select(optimizer => $"{optimizer.Optimizer.Name} at {Text(optimizer.Optimizer.Groups[0].Rate)}"))),
        ("data", string.Create(CultureInfo.InvariantCulture, $"{training.SamplesPerEpoch:n0} {training.Dataset.SampleNoun} in batches of {training.BatchSize}")),
        ("sampler", training.Sampler.GetType().Name),
        ("processes", Text(options.Together?.Size ?? 1)),
        ("accumulate_batches", Text(options.AccumulateBatches)),
        ("epochs", Text(options.Epochs)),
        ("steps", options.Steps is { } steps ? Text(steps) : "all"),
        ("schedule", options.Schedule?.GetType().Name ?? "none"),
        ("averaging", options.Averaging?.ToString() ?? "none"),
        ("early_stopping", options.EarlyStopping?.ToString() ?? "none"),
        ("evaluate_every_steps", options.EvaluateEverySteps is { } every ? Text(every) : "none"),
        ("clip_norm", options.ClipNorm is { } norm ? Text(norm) : "none"),
        ("clip_value", options.ClipValue is { } value ? Text(value) : "none"),
    ];

    private static IEnumerable<Parameter> ParametersOf(Objective objective) => objective.Networks.SelectMany(n => n.Network.parameters());

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static string Version(Assembly assembly) =>
        $"{assembly.GetName().Name} {assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of unknown version"}";
}
