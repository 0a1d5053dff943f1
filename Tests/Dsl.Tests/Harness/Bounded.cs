using System.Runtime.ExceptionServices;

namespace Dlm.Dsl.Tests.Harness;

/// <summary>Runs what an editor's background thread runs: on a small stack, and not for ever.</summary>
internal static class Bounded
{
    private const int StackBytes = 512 * 1024;

    // A hostile file is promised an answer within a second; the rest is room for a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static T Run<T>(Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = work();
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            StackBytes)
        { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(Patience), $"no answer within {Patience.TotalSeconds} s");
        failure?.Throw();
        return result;
    }
}
