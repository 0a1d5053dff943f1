namespace Dlm.Runtime.Checkpoints;

/// <summary>A checkpoint cannot be read, written or used. The message names the file, what is wrong and what to do.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Makes the message <c>path: problem. remedy</c>.</summary>
    /// <param name="path">The file at fault.</param>
    /// <param name="problem">What is wrong with it, without a final full stop.</param>
    /// <param name="remedy">What to do about it, a whole sentence.</param>
    /// <param name="inner">What was thrown while it was used.</param>
    public CheckpointException(string path, string problem, string remedy, Exception? inner = null)
        : base($"{path}: {problem}. {remedy}", inner) => (Path, Problem, Remedy) = (path, problem, remedy);

    /// <summary>The file at fault.</summary>
    public string Path { get; }

    /// <summary>What is wrong with it.</summary>
    internal string Problem { get; }

    /// <summary>What to do about it.</summary>
    internal string Remedy { get; }
}
