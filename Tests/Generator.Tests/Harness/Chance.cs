namespace Dlm.Generator.Tests.Harness;

/// <summary>Tests that set the seed of the process's generator, from which no other test may draw meanwhile.</summary>
[CollectionDefinition(Alone, DisableParallelization = true)]
public sealed class Chance
{
    public const string Alone = nameof(Chance);
}
