namespace Dlm.Dsl.Text;

/// <summary>A place in a text as Roslyn counts it: line and UTF-16 column, both from zero.</summary>
public readonly record struct LinePosition(int Line, int Column);
