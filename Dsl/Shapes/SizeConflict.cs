namespace Dlm.Dsl.Shapes;

/// <summary>Two sizes that ought to be equal and are not for all inputs.</summary>
/// <param name="Where">Which dimension they are, as messages say it.</param>
/// <param name="Left">The one.</param>
/// <param name="Right">The other.</param>
/// <param name="LeftTrail">The sizes on the way to the one, itself last; empty where nothing is known of it.</param>
/// <param name="RightTrail">The sizes on the way to the other.</param>
public sealed record SizeConflict(string Where, Dim Left, Dim Right, IReadOnlyList<Dim>? LeftTrail = null, IReadOnlyList<Dim>? RightTrail = null)
{
    /// <summary><c>height 12 and 13</c></summary>
    public override string ToString() => $"{Where} {Left} and {Right}";
}
