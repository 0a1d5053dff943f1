namespace Dlm.Zoo.Systems;

/// <summary>Every system of the zoo, by field and history.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<(string Field, IReadOnlyList<ZooSystem> Systems)> Fields { get; } =
    [
        ("Vision", VisionSystems.All),
        ("Generative", GenerativeSystems.All),
        ("Self-supervised", SelfSupervisedSystems.All),
        ("Language", LanguageSystems.All),
        ("Word vectors", EmbeddingSystems.All),
        ("Reinforcement", ReinforcementSystems.All),
        ("Memory", MemorySystems.All),
    ];

    public static IEnumerable<ZooSystem> All => Fields.SelectMany(chapter => chapter.Systems);

    /// <summary>Every sample that the page tells of, each once.</summary>
    public static IEnumerable<string> Samples => All.SelectMany(system => system.Samples).Concat(Others.Select(other => other.Sample)).Distinct();

    /// <summary>What shows a part of the runtime rather than a system.</summary>
    public static IReadOnlyList<(string Sample, string About)> Others { get; } =
    [
        ("optimizers", "SGD, momentum, Adagrad, RMSprop, Adam (Kingma, Ba, *Adam: a method for stochastic optimization*, 2014) and AdamW on the same network from the same start. Each is equal to PyTorch's step by step."),
    ];
}
