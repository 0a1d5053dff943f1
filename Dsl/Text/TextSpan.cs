namespace Dlm.Dsl.Text;

/// <summary>A piece of a text: where it starts and how many UTF-16 units it has.</summary>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The first position after the span.</summary>
    public int End => Start + Length;
}
