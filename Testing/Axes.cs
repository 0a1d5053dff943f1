using static TorchSharp.torch;

namespace Dlm.Testing;

/// <summary>What the dimensions of inputs and outputs are.</summary>
internal static class Axes
{
    /// <summary>Of each input, 0 where it begins with the batch and null where not.</summary>
    public static int?[] OfBatch(Subject subject, Tensor?[] inputs)
    {
        var batch = subject.Ports is { Count: > 0 } ports ? ports[0].Dims.FirstOrDefault() : null;
        return [.. inputs.Select((input, i) => input is null || input.dim() == 0 || input.shape[0] != subject.Batch || (batch is not null && subject.Ports![i].Dims.FirstOrDefault() != batch) ? (int?)null : 0)];
    }

    /// <summary>"The output", or its name where there are several.</summary>
    public static string NameOf(Subject subject, int output, int count) =>
        count == 1 ? "The output" : subject.Outputs is { } outputs && outputs[output].Name.Length > 0 ? $"Output '{outputs[output].Name}'" : $"Output {output}";

    /// <summary>The dimensions of a name.</summary>
    public static int[] Of(Port port, string name) => [.. port.Dims.Select((dim, i) => (dim, i)).Where(pair => pair.dim == name).Select(pair => pair.i)];

    /// <summary>The tensor with what stands at a place of some dimensions taken from another.</summary>
    public static Tensor Replaced(Tensor tensor, Tensor other, IEnumerable<int> dims, long place, long count = 1)
    {
        var result = tensor.clone();
        foreach (var dim in dims) result.narrow(dim, place, count).copy_(other.narrow(dim, place, count));
        return result;
    }

    /// <summary>The tensor without a place of some dimensions.</summary>
    public static Tensor Without(Tensor tensor, IEnumerable<int> dims, long place)
    {
        foreach (var dim in dims) tensor = cat([tensor.narrow(dim, 0, place), tensor.narrow(dim, place + 1, tensor.shape[dim] - place - 1)], dim);
        return tensor;
    }
}
