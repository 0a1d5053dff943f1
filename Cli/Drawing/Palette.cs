using Dlm.Dsl.Operators;

namespace Dlm.Cli.Drawing;

/// <summary>The colours of pictures: one for each chapter of the operator table, pale behind the text and strong at its edge.</summary>
internal static class Palette
{
    public const string Ink = "#1f2937";
    public const string Faint = "#6b7280";
    public const string Line = "#94a3b8";
    public const string Border = "#cbd5e1";
    public const string Accent = "#2563eb";

    /// <summary>The name of an operator's colour in style sheets.</summary>
    public static string ClassOf(OperatorGroup? group) => group switch
    {
        OperatorGroup.Convolution => "conv",
        OperatorGroup.Linear => "linear",
        OperatorGroup.Normalization => "norm",
        OperatorGroup.Activation => "act",
        OperatorGroup.Pooling => "pool",
        OperatorGroup.Dropout => "drop",
        OperatorGroup.Shape => "shape",
        null => "block",
        _ => "other",
    };

    /// <summary>Each colour: its name, the pale and the strong one.</summary>
    public static IReadOnlyList<(string Class, string Pale, string Strong)> Colors { get; } =
    [
        ("conv", "#dbeafe", "#2563eb"),
        ("linear", "#e0e7ff", "#4f46e5"),
        ("norm", "#d1fae5", "#059669"),
        ("act", "#fef3c7", "#d97706"),
        ("pool", "#fce7f3", "#db2777"),
        ("drop", "#f1f5f9", "#64748b"),
        ("shape", "#ede9fe", "#7c3aed"),
        ("other", "#ffedd5", "#ea580c"),
        ("block", "#f8fafc", "#475569"),
    ];

    /// <summary>Boxes inside of boxes, from the outside in.</summary>
    public static string BoxFill(int depth) => depth % 2 == 0 ? "#f8fafc" : "#ffffff";
}
