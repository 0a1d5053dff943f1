using System.Runtime.CompilerServices;

namespace Dlm.Runtime.Optimizers;

/// <summary>Settings that are refused where they make no sense.</summary>
internal static class Checked
{
    /// <summary>At least 0.</summary>
    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least 0.");

    /// <summary>At least 0 and less than 1.</summary>
    public static double Share(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least 0 and less than 1.");
}
