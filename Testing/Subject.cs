using static TorchSharp.torch;

namespace Dlm.Testing;

/// <summary>A model to be checked: how it is made, and what flows in.</summary>
public sealed class Subject
{
    /// <summary>What messages call it.</summary>
    public required string Name { get; init; }

    /// <summary>Makes it, with freshly drawn parameters: one module of TorchSharp's with one to six inputs.</summary>
    public required Func<nn.Module> Make { get; init; }

    /// <summary>Draws inputs for a batch of so many samples; null for an optional one that is left out. Called anew it draws others of the same shapes.</summary>
    public required Func<long, Tensor?[]> Inputs { get; init; }

    /// <summary>
    /// What the inputs are; without them every input and output begins with the batch, time is the second dimension, and no mask is known.
    /// </summary>
    public IReadOnlyList<Port>? Ports { get; init; }

    /// <summary>What the outputs are; none where that is not known.</summary>
    public IReadOnlyList<Port>? Outputs { get; init; }

    /// <summary>Whether an output may depend on what came before it in time alone; null where nobody says.</summary>
    public bool? IsCausal { get; init; }

    /// <summary>How many samples a batch has.</summary>
    public long Batch { get; init; } = 4;

    /// <summary>The seed of everything that is drawn.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How many steps a batch may take to be learned.</summary>
    public int Steps { get; init; } = 200;

    /// <summary>The same with other settings.</summary>
    public Subject With(bool? isCausal, long seed, int steps) =>
        new() { Name = Name, Make = Make, Inputs = Inputs, Ports = Ports, Outputs = Outputs, Batch = Batch, IsCausal = isCausal, Seed = seed, Steps = steps };
}
