using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Tests.Training;

/// <summary>A training run in a process of its own, with a checkpoint after every step, that goes on from the last one it finds.</summary>
internal static class KillableRun
{
    /// <summary>The word that makes the test program train.</summary>
    public const string Word = "killable-run";

    private const string Done = "done ";

    /// <summary>In the child: trains, says every step, and at the end a digest of all losses and of the network.</summary>
    public static int Train(string folder, int epochs)
    {
        using Run run = new(Run.Quiet with { Epochs = epochs, CheckpointFolder = folder, CheckpointEverySteps = 1 });
        run.Trainer.Callbacks.Add(new AfterStep((_, progress) => Say(progress.Step.ToString(CultureInfo.InvariantCulture))));
        try
        {
            bool begun = new CheckpointFolder(folder).Files.Count > 0;
            FitResult result = run.Trainer.Fit(run.Training, run.Validation, begun ? folder : null);
            Say(Done + Convert.ToHexStringLower(SHA256.HashData([.. MemoryMarshal.AsBytes<double>(result.History.Losses()), .. run.State])));
            return 0;
        }
        catch (CheckpointException e)
        {
            Say(e.Message);
            return 1;
        }

        static void Say(string line)
        {
            Console.WriteLine(line);
            Console.Out.Flush();
        }
    }

    /// <summary>In the parent: starts a run.</summary>
    /// <param name="folder">Where its checkpoints go.</param>
    /// <param name="epochs">How many epochs of ten steps.</param>
    /// <param name="shell">What a shell does first.</param>
    public static Process Start(string folder, int epochs, string? shell = null)
    {
        string[] command = [Environment.ProcessPath!, .. IsDotnet ? [Assembly.GetExecutingAssembly().Location] : Array.Empty<string>(), Word, folder, epochs.ToString(CultureInfo.InvariantCulture)];
        if (shell is not null) command = ["/bin/bash", "-c", $"{shell}; exec \"$@\"", "bash", .. command];
        return Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" } })!;
    }

    /// <summary>Lets a run train to its end.</summary>
    /// <returns>The digest of its losses and its network.</returns>
    public static string Finish(Process process)
    {
        string[] lines = process.StandardOutput.ReadToEnd().TrimEnd().Split('\n');
        process.WaitForExit();
        return lines[^1].StartsWith(Done, StringComparison.Ordinal) ? lines[^1][Done.Length..] : throw new InvalidOperationException($"The run ended with: {lines[^1]}");
    }

    private static bool IsDotnet => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
}
