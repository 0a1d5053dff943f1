using Dlm.Runtime.Data.Text;

namespace Dlm.Samples.Language;

/// <summary>Sentences of film reviews, some good (1) and some bad (0): the Stanford sentiment treebank with two classes (Socher et al., 2013).</summary>
/// <param name="Training">6,920 to learn from.</param>
/// <param name="Validation">872 to choose by.</param>
/// <param name="Test">1,821 to test with.</param>
internal sealed record Reviews(LabelledText[] Training, LabelledText[] Validation, LabelledText[] Test)
{
    /// <summary>What <c>--data</c> names.</summary>
    public const string Option = "A folder with train.tsv, dev.tsv and test.tsv of SST-2, sentence, tab, 0 or 1; or one with a folder sst2. Without it: DLM_DATA.";

    /// <summary>The share that the larger class of the test sentences has.</summary>
    public double Majority => Math.Max(Test.Average(text => text.Label), 1 - Test.Average(text => text.Label));

    /// <summary>Reads the files.</summary>
    /// <exception cref="Runtime.Data.DataFileException">Nothing says where they are, or one is missing or damaged.</exception>
    public static Reviews Find(string? folder)
    {
        string found = DataFolder.Require(folder, "sst2", "The sample reads SST-2's train.tsv, dev.tsv and test.tsv.");
        return new Reviews(Read("train.tsv"), Read("dev.tsv"), Read("test.tsv"));

        LabelledText[] Read(string name) =>
            [.. SentencePairs.LoadTabSeparated(Path.Combine(found, name)).Select(line => new LabelledText(line.Source, line.Target == "1" ? 1 : 0))];
    }
}

/// <summary>A sentence and its class.</summary>
internal sealed record LabelledText(string Text, int Label);
