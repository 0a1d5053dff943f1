namespace Dlm.Testing;

/// <summary>How a check ended.</summary>
public enum Outcome
{
    /// <summary>What it claims holds.</summary>
    Passed,

    /// <summary>It does not.</summary>
    Failed,

    /// <summary>It does not apply to the model.</summary>
    Skipped,
}

/// <summary>What a check found.</summary>
/// <param name="Claim">What it claims, as a sentence: "every parameter gets a gradient".</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">A sentence: what was seen, what is wrong, or why it does not apply.</param>
public sealed record CheckResult(string Claim, Outcome Outcome, string Message);
