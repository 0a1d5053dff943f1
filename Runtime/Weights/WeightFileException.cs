namespace Dlm.Runtime.Weights;

/// <summary>Weights cannot be read, written, or do not fit the network. The message names the file, what is wrong and what to do.</summary>
public sealed class WeightFileException : Exception
{
    /// <summary>Makes the message <c>path: problem. remedy</c>.</summary>
    /// <param name="path">The file at fault.</param>
    /// <param name="problem">What is wrong with it, without a final full stop.</param>
    /// <param name="remedy">What to do about it, a whole sentence.</param>
    /// <param name="inner">What was thrown while it was used.</param>
    public WeightFileException(string path, string problem, string remedy, Exception? inner = null)
        : base($"{path}: {problem}. {remedy}", inner) => Path = path;

    internal WeightFileException(string path, string message)
        : base($"{path}: {message}") => Path = path;

    /// <summary>The file at fault.</summary>
    public string Path { get; }
}
