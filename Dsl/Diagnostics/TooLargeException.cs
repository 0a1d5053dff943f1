namespace Dlm.Dsl.Diagnostics;

/// <summary>A file asks for more than the compiler does.</summary>
/// <param name="what">What it asks for: "has more than 100 stages".</param>
/// <param name="help">What to do, without a full stop.</param>
internal sealed class TooLargeException(string what, string help) : Exception(what)
{
    /// <summary>What to do.</summary>
    public string Help { get; } = help;
}
