namespace Dlm.Runtime.Data;

/// <summary>A data file is missing, damaged or not what it should be. The message names the file, what is wrong and what to do.</summary>
public sealed class DataFileException : Exception
{
    /// <summary>Makes the message <c>path: problem. remedy</c>.</summary>
    /// <param name="path">The file or folder at fault.</param>
    /// <param name="problem">What is wrong with it, without a final full stop.</param>
    /// <param name="remedy">What to do about it, a whole sentence.</param>
    /// <param name="inner">What was thrown while it was read.</param>
    public DataFileException(string path, string problem, string remedy, Exception? inner = null)
        : base($"{path}: {problem}. {remedy}", inner) => Path = path;

    /// <summary>The file or folder at fault.</summary>
    public string Path { get; }
}
