namespace Dlm.Dsl.Elaboration;

/// <summary>A way for a parameter to begin.</summary>
/// <param name="Name">Its name in the language.</param>
/// <param name="Method">The method of <c>torch.nn.init</c>.</param>
/// <param name="Arguments">What it takes, in the method's order.</param>
internal sealed record Initializer(string Name, string Method, params InitializerArgument[] Arguments)
{
    /// <summary>How many dimensions it needs at least.</summary>
    public int LeastRank { get; init; }

    /// <summary>How many it can have at most.</summary>
    public int MostRank { get; init; } = int.MaxValue;

    public bool Takes(int arguments) => arguments >= Arguments.Count(a => a.Default is null && a.Words.Length == 0) && arguments <= Arguments.Length;

    public bool Fits(int rank) => rank >= LeastRank && rank <= MostRank;

    /// <summary>"at least 2 dimensions", "2 dimensions".</summary>
    public string NeededRank => MostRank == LeastRank ? $"{LeastRank} dimensions" : MostRank < int.MaxValue ? $"{LeastRank} to {MostRank} dimensions" : $"at least {LeastRank} dimensions";
}

/// <summary>An argument of an initialiser: a number, or one of some words.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">The number it is when left out; null for words, and where it must be given.</param>
/// <param name="Words">The words it can be, the first by default; none for a number.</param>
internal sealed record InitializerArgument(string Name, double? Default, params string[] Words)
{
    /// <summary>The least number that makes sense.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    /// <summary>The greatest.</summary>
    public double Most { get; init; } = double.PositiveInfinity;
}

/// <summary>The initialisers that papers name, under PyTorch's names.</summary>
internal static class Initializers
{
    private static readonly InitializerArgument Mean = new("mean", 0);
    private static readonly InitializerArgument Std = new("std", 1) { Least = 0 };
    private static readonly InitializerArgument Gain = new("gain", 1);

    private static readonly InitializerArgument[] Kaiming =
    [
        new("a", 0), new("mode", null, "fan_in", "fan_out"), new("nonlinearity", null, "leaky_relu", "relu", "tanh", "sigmoid", "linear"),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Initializer> All { get; } =
    [
        new("zeros", "zeros_"),
        new("ones", "ones_"),
        new("constant", "constant_", new InitializerArgument("value", null)),
        new("normal", "normal_", Mean, Std),
        new("randn", "normal_"),
        new("uniform", "uniform_", new("low", 0), new("high", 1)),
        new("rand", "uniform_"),
        new("trunc_normal", "trunc_normal_", Mean, Std, new("a", -2), new("b", 2)),
        // Glorot and Bengio (2010).
        new("xavier", "xavier_uniform_", Gain) { LeastRank = 2 },
        new("xavier_uniform", "xavier_uniform_", Gain) { LeastRank = 2 },
        new("xavier_normal", "xavier_normal_", Gain) { LeastRank = 2 },
        // He et al. (2015).
        new("kaiming", "kaiming_uniform_", Kaiming) { LeastRank = 2 },
        new("kaiming_uniform", "kaiming_uniform_", Kaiming) { LeastRank = 2 },
        new("kaiming_normal", "kaiming_normal_", Kaiming) { LeastRank = 2 },
        // Saxe et al. (2013).
        new("orthogonal", "orthogonal_", Gain) { LeastRank = 2 },
        // Martens (2010).
        new("sparse", "sparse_", new InitializerArgument("sparsity", null) { Least = 0, Most = 1 }, new InitializerArgument("std", 0.01) { Least = 0 }) { LeastRank = 2, MostRank = 2 },
        new("eye", "eye_") { LeastRank = 2, MostRank = 2 },
        new("identity", "eye_") { LeastRank = 2, MostRank = 2 },
        new("dirac", "dirac_") { LeastRank = 3, MostRank = 5 },
    ];

    private static readonly Dictionary<string, Initializer> ByName = All.ToDictionary(i => i.Name, StringComparer.Ordinal);

    /// <summary>The initialiser of a name, or null.</summary>
    public static Initializer? Find(string name) => ByName.TryGetValue(name, out var initializer) ? initializer : null;
}
