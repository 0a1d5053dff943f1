using System.Text.Json;

namespace Dlm.Models.Tests;

/// <summary>What PyTorch gives for a model; Tests/Oracle/reference.py writes it and says what each figure is.</summary>
/// <param name="Parameters">How many parameters it trains.</param>
/// <param name="State">The shape of every entry of the state.</param>
/// <param name="Inputs">The shapes of what flows in.</param>
/// <param name="Output">What comes out, or the first of several; null where it is beyond float32.</param>
/// <param name="Below">For an input of whole numbers what all of it is below, for one of floats 0, for one of truth values -1, for a mask of padding -2; null where all are floats.</param>
internal sealed record Reference(long Parameters, OrderedDictionary<string, long[]> State, long[][] Inputs, ReferenceOutput? Output, long[]? Below = null)
{
    /// <summary>What comes out behind the first output.</summary>
    public ReferenceOutput[] Others { get; init; } = [];

    /// <summary>What flows in: under the keys input, input2 and so on.</summary>
    public TorchSharp.torch.Tensor[] MakeInputs() => [.. Inputs.Select((shape, i) =>
    {
        var key = i == 0 ? "input" : $"input{i + 1}";
        return Below?[i] switch
        {
            > 0 and { } below => Fill.Integers(key, shape, below),
            -1 => Fill.Integers(key, shape, 2).to_type(TorchSharp.torch.ScalarType.Bool),
            -2 => Fill.Present(key, shape),
            _ => Fill.Floats(key, shape, 2),
        };
    })];

    /// <summary>Where the references lie beside the tests.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Oracle");

    /// <summary>The reference of a name.</summary>
    public static Reference Read(string name) => Read<Reference>(Path.Combine(Folder, "references", name + ".json"));

    /// <summary>Any file of references.</summary>
    public static T Read<T>(string path) => JsonSerializer.Deserialize<T>(File.ReadAllText(path), JsonSerializerOptions.Web)!;
}

/// <summary>An output, by figures that together pin it.</summary>
/// <param name="Shape">Its shape.</param>
/// <param name="First">Its first values.</param>
/// <param name="Mean">The mean of all.</param>
/// <param name="Norm">The L2 norm of all.</param>
/// <param name="Probe">The inner product with u("probe").</param>
internal sealed record ReferenceOutput(long[] Shape, double[] First, double Mean, double Norm, double Probe)
{
    /// <summary>The figures of an output.</summary>
    public static ReferenceOutput Of(long[] shape, float[] values)
    {
        var probe = Fill.U("probe", values.Length);
        return new(
            shape,
            [.. values.Take(16).Select(value => (double)value)],
            values.Average(value => (double)value),
            Norm2(values.Select(value => (double)value)),
            values.Zip(probe, (value, u) => value * u).Sum());
    }

    /// <summary>
    /// Fails where <paramref name="actual"/> is certain to be further from this than <paramref name="tolerance"/> times this one's
    /// norm: each figure bounds the norm of the difference from below.
    /// </summary>
    public void AssertNear(ReferenceOutput actual, double tolerance)
    {
        Assert.Equal(Shape, actual.Shape);
        double count = Shape.Aggregate(1L, (product, size) => product * size);
        var most = tolerance * Norm;
        Assert.All(
            new (string Figure, double Distance)[]
            {
                ("first values", Norm2(First.Zip(actual.First, (a, b) => a - b))),
                ("mean", Math.Abs(Mean - actual.Mean) * Math.Sqrt(count)),
                ("norm", Math.Abs(Norm - actual.Norm)),
                ("probe", Math.Abs(Probe - actual.Probe) / Norm2(Fill.U("probe", (long)count))),
            },
            part => Assert.True(
                part.Distance <= most,
                $"The {part.Figure} say that the output is at least {part.Distance / Norm:E2} of its norm away; {tolerance:E0} is allowed."));
    }

    private static double Norm2(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}
