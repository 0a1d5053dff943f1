using System.CommandLine;

namespace Dlm.Samples;

/// <summary>A small program that shows one thing.</summary>
internal interface ISample
{
    /// <summary>The command that runs it: its name, what it shows, its options.</summary>
    Command Command { get; }
}
