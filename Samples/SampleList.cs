using Dlm.Samples.Generative;
using Dlm.Samples.Reinforcement;
using Dlm.Samples.Vision;

namespace Dlm.Samples;

/// <summary>Every sample, by field.</summary>
internal static class SampleList
{
    public static IReadOnlyList<(string Field, IReadOnlyList<Sample> Samples)> Fields { get; } =
    [
        ("Vision", [new LeNetSample(), new FineTuneSample(), new DistributedSample()]),
        ("Generative", [new GanSample()]),
        ("Reinforcement", [new DqnSample()]),
    ];
}
