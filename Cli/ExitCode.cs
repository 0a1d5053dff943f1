namespace Dlm.Cli;

/// <summary>What a command ends with.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Success = 0;

    /// <summary>The command did its work and found something: errors, files that are not formatted, differences.</summary>
    public const int Found = 1;

    /// <summary>The command could not do its work.</summary>
    public const int Failed = 2;
}
