namespace Dlm.Runtime.Files;

/// <summary>What is wrong with a file's content. Whoever opened the file adds its path and passes it on under a type of his own.</summary>
/// <param name="problem">What is wrong, without a final full stop.</param>
/// <param name="remedy">What to do about it, a whole sentence; none where only another file helps.</param>
/// <param name="inner">What was thrown while it was read.</param>
internal sealed class MalformedFileException(string problem, string? remedy = null, Exception? inner = null) : Exception(problem, inner)
{
    /// <summary>What to do about it.</summary>
    public string? Remedy => remedy;
}
