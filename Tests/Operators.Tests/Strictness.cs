namespace Dlm.Operators.Tests;

/// <summary>Where the language refuses on purpose what libtorch would compute.</summary>
internal static class Strictness
{
    /// <summary>Whether libtorch may accept what was rejected: the rule, or the row, is stricter here.</summary>
    public static bool Allows(Verdict verdict) => verdict.Complaint[..7] switch
    {
        // A row says which ranks, element types and arguments it takes; libtorch converts, and guesses what a missing batch means.
        "DLM0105" or "DLM0201" or "DLM0206" => true,
        // Tensors that belong together have the shapes that a row asks for; libtorch broadcasts, or takes the part that fits.
        "DLM0212" => true,
        // A pattern without an arrow, for one.
        "DLM0118" => true,
        // Empty tensors are never meant.
        "DLM0203" => true,
        "DLM0106" => verdict.Complaint.Contains("it must be at least", StringComparison.Ordinal)
            || verdict.Draw.Row.Arguments.Any(a => a.IsStricter && a.Name == verdict.Argument),
        _ => false,
    };
}
