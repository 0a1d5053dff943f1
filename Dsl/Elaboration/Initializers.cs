namespace Dlm.Dsl.Elaboration;

/// <summary>A way for a parameter to begin.</summary>
/// <param name="Name">Its name in the language.</param>
/// <param name="Method">The method of <c>torch.nn.init</c>.</param>
/// <param name="MostArguments">How many numbers it takes at most, in the method's order.</param>
/// <param name="LeastRank">How many dimensions it needs at least.</param>
/// <param name="FewestArguments">How many numbers it takes at least.</param>
internal sealed record Initializer(string Name, string Method, int MostArguments, int LeastRank = 0, int FewestArguments = 0)
{
    public bool Takes(int arguments) => arguments >= FewestArguments && arguments <= MostArguments;
}

/// <summary>The initialisers that papers name.</summary>
internal static class Initializers
{
    private static readonly Dictionary<string, Initializer> ByName = new Initializer[]
    {
        new("zeros", "zeros_", 0),
        new("ones", "ones_", 0),
        new("constant", "constant_", 1, FewestArguments: 1),
        new("normal", "normal_", 2),
        new("randn", "normal_", 0),
        new("uniform", "uniform_", 2),
        new("rand", "uniform_", 0),
        new("trunc_normal", "trunc_normal_", 4),
        // Glorot and Bengio (2010).
        new("xavier", "xavier_uniform_", 1, 2),
        new("xavier_uniform", "xavier_uniform_", 1, 2),
        new("xavier_normal", "xavier_normal_", 1, 2),
        // He et al. (2015).
        new("kaiming", "kaiming_uniform_", 1, 2),
        new("kaiming_uniform", "kaiming_uniform_", 1, 2),
        new("kaiming_normal", "kaiming_normal_", 1, 2),
        // Saxe et al. (2013).
        new("orthogonal", "orthogonal_", 1, 2),
        new("eye", "eye_", 0, 2),
        new("dirac", "dirac_", 0, 3),
    }.ToDictionary(i => i.Name, StringComparer.Ordinal);

    /// <summary>The initialiser of a name, or null.</summary>
    public static Initializer? Find(string name) => ByName.TryGetValue(name, out var initializer) ? initializer : null;
}
