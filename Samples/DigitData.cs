using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Drawn;
using Spectre.Console;

namespace Dlm.Samples;

/// <summary>Handwritten digits from wherever they are to be had.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Source">Where they come from.</param>
/// <param name="Training">To learn from.</param>
/// <param name="Test">To test with.</param>
internal sealed record DigitData(string Name, string Source, LabelledImages Training, LabelledImages Test)
{
    /// <summary>What <c>--data</c> names.</summary>
    public const string Option = "A folder with MNIST's IDX files, or one with a folder mnist. Without it: DLM_DATA, else a download, else drawn digits.";

    private const int Drawn = 20_000;
    private const int DrawnForTest = 4_000;

    /// <summary>MNIST from a folder (the one given, or the one that DLM_DATA names), else downloaded once, else digits that the program draws.</summary>
    public static DigitData Find(string? folder, ulong seed)
    {
        if (DataFolder.Find(folder, "mnist") is { } found) return Mnist(found);

        string cache = Download.CacheFolder("mnist");
        try
        {
            Download.Mnist.FetchInto(cache);
            return Mnist(cache);
        }
        catch (DataFileException e)
        {
            AnsiConsole.WriteLine(e.Message);
            AnsiConsole.WriteLine($"Instead of MNIST's, the program draws {Drawn:n0} digits of its own. For the real ones give --data <folder> or set DLM_DATA.");
            AnsiConsole.WriteLine();
            return new DigitData("Drawn digits", $"seed {seed}", DrawnDigits.Draw(Drawn, seed), DrawnDigits.Draw(DrawnForTest, seed + 1));
        }
    }

    private static DigitData Mnist(string folder) =>
        new("MNIST", folder, Runtime.Data.Mnist.Load(folder, train: true), Runtime.Data.Mnist.Load(folder, train: false));
}
