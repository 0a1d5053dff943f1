namespace Dlm.Dsl.Formatting;

/// <summary>How a formatted file looks; an editor takes it from <c>.editorconfig</c>.</summary>
/// <param name="Width">The longest line, where there is a place to break it; comments are never broken.</param>
/// <param name="IndentSize">How far a body stands in.</param>
/// <param name="UseTabs">Whether indentation is tabs, each as wide as <paramref name="IndentSize"/>.</param>
/// <param name="LineEnd">What ends a line.</param>
/// <param name="FinalNewline">Whether the last line ends too.</param>
public sealed record FormatOptions(int Width = 120, int IndentSize = 2, bool UseTabs = false, string LineEnd = "\n", bool FinalNewline = true);
