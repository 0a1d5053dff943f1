namespace Dlm.Testing;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Dims">Its dimensions by their names: <c>B</c>, <c>T</c>; a number where the size is fixed.</param>
public sealed record Port(string Name, params IReadOnlyList<string> Dims)
{
    /// <summary>Whether it says where to look.</summary>
    public bool IsMask { get; init; }

    /// <summary>Whether a call may leave it out.</summary>
    public bool IsOptional { get; init; }
}
