using System.Runtime.CompilerServices;

namespace Dlm.Tests;

/// <summary>
/// Compares a text with the one that somebody looked at and accepted: <c>Class.Method#Hint.verified.cs</c> beside the
/// test. A text that differs is left as <c>.received.cs</c>; <c>eng/accept.sh</c> accepts it.
/// To use Verify instead: reference Verify.XunitV3 and make both methods <c>Verifier.Verify(text, extension)</c>; the files stay.
/// </summary>
internal static class Snapshot
{
    private const int Context = 3;
    private const int MostLines = 12;

    /// <summary>Fails where <paramref name="text"/> is not what was accepted.</summary>
    public static void Match(
        string text, string extension = "txt", [CallerFilePath] string file = "", [CallerMemberName] string method = "") =>
        Match([("", text)], extension, file, method);

    /// <summary>Fails where a text, one for each hint, is not what was accepted, or an accepted hint no longer occurs.</summary>
    public static void Match(
        IEnumerable<(string Hint, string Text)> texts,
        string extension = "txt",
        [CallerFilePath] string file = "",
        [CallerMemberName] string method = "")
    {
        var folder = Path.GetDirectoryName(file)!;
        var test = $"{Path.GetFileNameWithoutExtension(file)}.{method}";
        var stale = Directory.EnumerateFiles(folder, $"{test}.verified.{extension}")
            .Concat(Directory.EnumerateFiles(folder, $"{test}#*.verified.{extension}"))
            .ToHashSet(StringComparer.Ordinal);
        var problems = new List<string>();

        foreach (var (hint, text) in texts)
        {
            var stem = Path.Combine(folder, hint.Length == 0 ? test : $"{test}#{hint.Replace('/', '.')}");
            var (verified, received) = ($"{stem}.verified.{extension}", $"{stem}.received.{extension}");
            stale.Remove(verified);
            File.Delete(received);

            var accepted = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
            if (accepted == text) continue;
            File.WriteAllText(received, text);
            problems.Add(accepted is null ? $"{Path.GetFileName(verified)} does not exist." : Difference(verified, accepted, text));
        }

        problems.AddRange(stale.Order(StringComparer.Ordinal).Select(path => $"{path} is no longer made: delete it."));
        if (problems.Count > 0) Assert.Fail($"{string.Join("\n", problems)}\nTo accept what was received: eng/accept.sh {test}");
    }

    private static string Difference(string verified, string accepted, string text)
    {
        string[] old = accepted.Split('\n'), now = text.Split('\n');
        var first = 0;
        while (first < old.Length && first < now.Length && old[first] == now[first]) first++;
        var same = 0;
        while (same < Math.Min(old.Length, now.Length) - first && old[^(same + 1)] == now[^(same + 1)]) same++;

        var lines = old.Take(first).TakeLast(Context).Select(line => "    " + line)
            .Concat(old[first..^same].Take(MostLines).Select(line => "  - " + line))
            .Concat(now[first..^same].Take(MostLines).Select(line => "  + " + line))
            .Concat(old[^same..].Take(Context).Select(line => "    " + line));
        return $"{Path.GetFileName(verified)} differs from line {first + 1}:\n{string.Join("\n", lines)}";
    }
}
