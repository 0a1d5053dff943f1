using System.Globalization;

namespace Dlm.Cli.Show;

/// <summary>Numbers as people read them.</summary>
internal static class Figures
{
    /// <summary>What stands where an open size decides.</summary>
    public const string Unknown = "?";

    /// <summary><c>25,557,032</c></summary>
    public static string Whole(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? Unknown;

    /// <summary><c>4.09 G</c></summary>
    public static string Short(long? value) => value switch
    {
        null => Unknown,
        >= 1_000_000_000_000 => Scaled(value.Value / 1e12, "T"),
        >= 1_000_000_000 => Scaled(value.Value / 1e9, "G"),
        >= 1_000_000 => Scaled(value.Value / 1e6, "M"),
        >= 10_000 => Scaled(value.Value / 1e3, "K"),
        _ => Whole(value),
    };

    /// <summary><c>97.49 MiB</c></summary>
    public static string Bytes(long? value) => value switch
    {
        null => Unknown,
        >= 1L << 30 => Scaled(value.Value / (double)(1L << 30), "GiB"),
        >= 1L << 20 => Scaled(value.Value / (double)(1L << 20), "MiB"),
        >= 1L << 10 => Scaled(value.Value / (double)(1L << 10), "KiB"),
        _ => $"{value} B",
    };

    private static string Scaled(double value, string unit) => $"{value.ToString("F2", CultureInfo.InvariantCulture)} {unit}";
}
