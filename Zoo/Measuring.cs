using System.Diagnostics;
using Dlm.Samples;

namespace Dlm.Zoo;

/// <summary>Runs samples as a user would, each in a process of its own, and keeps what they reached for the page.</summary>
internal static class Measuring
{
    private const double Longest = 600; // seconds

    /// <summary>Runs one sample with its defaults. Its outcome takes the place of the last only when it has ended well.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="sample">Its name.</param>
    /// <returns>Whether it ended well, within ten minutes.</returns>
    public static bool Run(string root, string sample)
    {
        Console.WriteLine($"== {sample}");
        string scratch = Path.Combine(root, "artifacts", "zoo", sample);
        if (Directory.Exists(scratch)) Directory.Delete(scratch, recursive: true);

        ProcessStartInfo start = new("dotnet") { UseShellExecute = false };
        foreach (string word in (string[])[Path.Combine(AppContext.BaseDirectory, "Dlm.Samples.dll"), sample, "--out", scratch]) start.ArgumentList.Add(word);
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start.");
        process.WaitForExit();
        string written = Path.Combine(scratch, Outcome.FileName);
        if (process.ExitCode != 0 || !File.Exists(written))
        {
            Console.Error.WriteLine($"error: {sample} ended with {process.ExitCode}; what it reached before stays on the page.");
            return false;
        }

        Outcome outcome = Outcome.FromJson(File.ReadAllText(written)) with { Arguments = "" };
        string kept = Path.Combine(root, "docs", Page.Folder, sample);
        if (Directory.Exists(kept)) Directory.Delete(kept, recursive: true);
        Directory.CreateDirectory(kept);
        File.WriteAllText(Path.Combine(kept, Outcome.FileName), outcome.ToJson());
        foreach (OutcomePicture picture in outcome.Pictures) File.Copy(Path.Combine(scratch, picture.File), Path.Combine(kept, picture.File));
        if (outcome.Seconds <= Longest) return true;
        Console.Error.WriteLine($"error: {sample} took {outcome.Seconds:0} s; a sample has {Longest:0}.");
        return false;
    }
}
