using Dlm.Dsl.Diagnostics;

namespace Dlm.Generator;

/// <summary>An exception inside the compiler: one diagnostic at its file, where Roslyn would give up the whole project.</summary>
internal static class Faults
{
    /// <summary>Does <paramref name="work"/> on the file at <paramref name="path"/>, or gives <paramref name="otherwise"/> the fault.</summary>
    public static T Guard<T>(string path, CancellationToken cancellation, Func<T> work, Func<Diagnostic, T> otherwise)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return otherwise(ProjectDiagnostics.Fault(path, exception));
        }
    }
}
