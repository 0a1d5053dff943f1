using System.Runtime.ExceptionServices;

namespace Dlm.Dsl.Tests.Harness;

/// <summary>Runs what an editor's background thread runs: on a small stack, and not for ever.</summary>
internal static class Bounded
{
    private const int StackBytes = 512 * 1024;

    // A hostile file is promised an answer within a second; the rest is room for a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The result of <paramref name="work"/>.</summary>
    public static T Run<T>(Func<T> work)
    {
        T result = default!;
        Run(() => { result = work(); }, Patience, () => "");
        return result;
    }

    /// <summary>Does <paramref name="work"/>.</summary>
    public static void Run(Action work) => Run(work, Patience, () => "");

    /// <summary>Checks the rules of <see cref="TreeRules"/> on each text; names the one that gets no answer.</summary>
    public static void CheckAll(IEnumerable<string> texts)
    {
        var current = "";
        Run(
            () =>
            {
                foreach (var text in texts)
                {
                    current = text;
                    TreeRules.Check(text);
                }
            },
            Patience * 3,
            () => $" for\n{current}");
    }

    private static void Run(Action work, TimeSpan patience, Func<string> what)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    work();
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            StackBytes)
        { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(patience), $"no answer within {patience.TotalSeconds} s{what()}");
        failure?.Throw();
    }
}
