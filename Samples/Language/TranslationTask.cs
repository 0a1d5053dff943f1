using System.Globalization;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Generation;
using Dlm.Runtime.Reports;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Samples.Language;

/// <summary>Texts and what each is to become, character by character: most to learn from, some to look at in between, some to test with.</summary>
/// <param name="things">What the texts are.</param>
/// <param name="pairs">All of them, in any order.</param>
/// <param name="reading">Makes a tokenizer of the texts that are read.</param>
internal sealed class TranslationTask(string things, (string Source, string Target)[] pairs, Func<IEnumerable<string>, ITokenizer> reading)
{
    private const int ForValidation = 500, ForTest = 2000, MostShown = 8;

    /// <summary>How many pairs are not learnt from.</summary>
    public const int HeldOut = ForValidation + ForTest;

    private readonly ITokenizer _source = reading(pairs.Select(pair => pair.Source)), _target = CharacterTokenizer.Train(pairs.Select(pair => pair.Target));

    /// <summary>Whether texts are read from their end.</summary>
    public bool IsReversed { get; init; }

    /// <summary>Whether padding stands before the texts, so that a recurrent network ends with their last piece. Where places count, it must stand behind them.</summary>
    public bool PadsBefore { get; init; } = true;

    /// <summary>How many different pieces there are to read.</summary>
    public int SourceVocabulary => _source.Vocabulary.Count;

    /// <summary>How many different characters there are to write.</summary>
    public int TargetVocabulary => _target.Vocabulary.Count;

    /// <summary>What is tested with.</summary>
    public (string Source, string Target)[] Test => pairs[^ForTest..];

    /// <summary>Batches to learn from.</summary>
    public DataLoader Training(int batch, ulong seed)
    {
        TranslationDataset data = Of(pairs[..^HeldOut]);
        return new DataLoader(data, batch, new BucketSampler(data.Lengths, batch, seed));
    }

    /// <summary>Batches to look at after each epoch.</summary>
    public DataLoader Validation() => new(Of(pairs[^HeldOut..^ForTest]), batchSize: 250);

    /// <summary>What a network writes for the tests: each time the likeliest character.</summary>
    /// <param name="network">The network.</param>
    /// <param name="read">Of sentences and their mask, what writes their translations.</param>
    public string[] Write(nn.Module network, Func<Tensor, Tensor, IDecoder> read)
    {
        network.eval();
        List<string> written = [];
        Device device = network.parameters().First().device;
        int end = _target.Vocabulary.Separator, longest = 1 + pairs.Max(pair => pair.Target.Length);
        foreach (Batch batch in new DataLoader(Of(Test), batchSize: 250).Epoch(0))
        {
            using (batch)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor begin = full([batch.Count, 1], _target.Vocabulary.Start, dtype: ScalarType.Int64, device: device);
                using IDecoder decoder = read(batch["source"].to(device), batch["source_mask"].to(device));
                long[][] numbers = Rows(new TextGenerator(decoder, end).Generate(begin, longest, new Greedy()));
                written.AddRange(numbers.Select(row => _target.Decode(row.TakeWhile(number => number != end).Select(number => (int)number))));
            }
        }

        return [.. written];
    }

    /// <summary>Says how many of the tests were written exactly, before training and after, and shows some.</summary>
    public void Report(SampleRun run, string[] untrained, string[] written)
    {
        int[] wrong = [.. Enumerable.Range(0, ForTest).Where(i => written[i] != Test[i].Target)];
        int width = Test.Take(MostShown).Concat(wrong.Take(MostShown / 2).Select(i => Test[i])).Max(pair => pair.Source.Length);
        run.Figure($"Unseen {things} written exactly", Percent(1 - (double)wrong.Length / ForTest));
        run.Figure("Untrained", Percent(untrained.Zip(Test).Average(pair => pair.First == pair.Second.Target ? 1.0 : 0)));
        run.Text($"Some unseen {things}", string.Join('\n', Test.Take(MostShown).Select((pair, i) => $"{pair.Source.PadRight(width)}  {written[i]}")));
        if (wrong.Length > 0) run.Text("Some that are wrong", string.Join('\n', wrong.Take(MostShown / 2).Select(i => $"{Test[i].Source.PadRight(width)}  {written[i]}, not {Test[i].Target}")));
    }

    /// <summary>Draws where a network looks while it writes some of the tests.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="network">The network.</param>
    /// <param name="align">Of sentences, their translations shifted by one and a mask, the weights [B, T, S].</param>
    public string DrawAttention(string title, nn.Module network, Func<Tensor, Tensor, Tensor, Tensor> align)
    {
        using DisposeScope scope = NewDisposeScope();
        using var unrecorded = no_grad();
        Device device = network.parameters().First().device;
        // One that is long and one that is short.
        (string Source, string Target)[] shown = [.. Test.Take(50).OrderBy(pair => pair.Source.Length)];
        HeatmapPanel[] panels = [.. new[] { shown[^3], shown[25] }.Select(pair =>
        {
            using Batch batch = Of([pair]).Read([0]);
            Tensor weights = align(batch["source"].to(device), batch["decoder_input"].to(device), batch["source_mask"].to(device))[0];
            return new HeatmapPanel(pair.Source, weights) { Range = (0, 1), Rows = [.. pair.Target.Select(letter => $"{letter}"), "end"], Columns = [.. pair.Source.Select(letter => letter == ' ' ? "␣" : $"{letter}"), "end"] };
        })];
        return Heatmap.Draw(title, panels, square: 18);
    }

    private TranslationDataset Of((string Source, string Target)[] some) => new(some, _source, _target) { IsReversed = IsReversed, PadsBefore = PadsBefore };

    private static long[][] Rows(Tensor numbers) => [.. numbers.cpu().data<long>().ToArray().Chunk((int)numbers.shape[1])];

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}
