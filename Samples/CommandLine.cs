using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Dlm.Samples;

/// <summary>What the user typed.</summary>
internal static class CommandLine
{
    /// <summary>Refuses zero and less.</summary>
    public static void RequirePositive<T>(Option<T> option)
        where T : INumber<T> =>
        option.Validators.Add(result =>
        {
            // What is not a number at all, the parser itself refuses.
            if (result.Tokens is [var token] && T.TryParse(token.Value, CultureInfo.InvariantCulture, out T? value) && value <= T.Zero)
            {
                result.AddError($"{option.Name} must be more than 0, and is {token.Value}.");
            }
        });

    /// <summary>What was typed behind the sample's name.</summary>
    public static string Arguments() => Join(Environment.GetCommandLineArgs().Skip(2));

    /// <summary>What to type to go on from <paramref name="checkpoint"/> with everything else as it was.</summary>
    public static string ToResume(string checkpoint)
    {
        // The script that started the program says how it was called; then the sample's name is the script's business.
        string? script = Environment.GetEnvironmentVariable("DLM_STARTED_BY");
        List<string> words = [.. Environment.GetCommandLineArgs().Skip(script is null ? 1 : 2)];
        int old = words.IndexOf("--resume");
        if (old >= 0) words.RemoveRange(old, Math.Min(2, words.Count - old));
        words.AddRange(["--resume", checkpoint]);
        return $"{script ?? "dotnet run --project Samples --"} {Join(words)}";
    }

    private static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(word => word.Contains(' ') ? $"'{word}'" : word));
}
