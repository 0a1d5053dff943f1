using System.IO.Compression;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Sequences;
using Dlm.Runtime.Data.Text;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Data;

public sealed class TextDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WordTokenizer _words = WordTokenizer.Train(["ein hund a dog runs"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pairs_come_from_two_files_or_one()
    {
        File.WriteAllText(_folder.File("a.de"), "ein Hund\nzwei\n");
        File.WriteAllText(_folder.File("a.en"), "a dog\r\ntwo");
        File.WriteAllText(_folder.File("both.tsv"), "1\ta dog\tein Hund\n2\ttwo\tzwei\n");

        Assert.Equal([("ein Hund", "a dog"), ("zwei", "two")], SentencePairs.Load(_folder.File("a.de"), _folder.File("a.en")));
        Assert.Equal([("ein Hund", "a dog"), ("zwei", "two")], SentencePairs.LoadTabSeparated(_folder.File("both.tsv"), 2, 1));
    }

    [Fact]
    public void Files_that_do_not_belong_together_are_one_message()
    {
        File.WriteAllText(_folder.File("a.de"), "ein Hund\nzwei\n");
        File.WriteAllText(_folder.File("a.en"), "a dog\n");

        Assert.Contains("it has 1 lines, and a.de has 2", Error(() => SentencePairs.Load(_folder.File("a.de"), _folder.File("a.en"))), StringComparison.Ordinal);
        Assert.Contains("line 1 has 1 columns", Error(() => SentencePairs.LoadTabSeparated(_folder.File("a.de"))), StringComparison.Ordinal);
        Assert.Contains("it cannot be read", Error(() => SentencePairs.Load(_folder.File("no.de"), _folder.File("a.en"))), StringComparison.Ordinal);
        static string Error(Action read) => Assert.Throws<DataFileException>(read).Message;
    }

    [Fact]
    public void A_packed_text_that_was_cut_off_anywhere_is_one_message()
    {
        byte[] part = Pack("one\ntwo\n"), whole = [.. part, .. Pack("three\n")];
        string path = _folder.File("text.gz");
        File.WriteAllBytes(path, whole);
        Assert.Equal(["one", "two", "three"], TextFile.ReadLines(path));

        for (int length = 2; length < whole.Length; length++)
        {
            if (length == part.Length) continue;
            File.WriteAllBytes(path, whole[..length]);
            Assert.Contains("cut off", Assert.Throws<DataFileException>(() => TextFile.ReadLines(path)).Message, StringComparison.Ordinal);
        }

        static byte[] Pack(string text)
        {
            using MemoryStream packed = new();
            using (GZipStream zip = new(packed, CompressionMode.Compress)) zip.Write(System.Text.Encoding.UTF8.GetBytes(text));
            return packed.ToArray();
        }
    }

    [Fact]
    public void A_translation_is_read_by_the_decoder_one_step_before_it_is_said()
    {
        TranslationDataset data = new([("ein hund", "a dog runs"), ("hund", "dog")], _words, _words);

        using Batch batch = data.Read([1, 0]);

        (int start, int end) = (_words.Vocabulary.Start, _words.Vocabulary.Separator);
        int[] source = _words.Encode("ein hund"), target = _words.Encode("a dog runs");
        Assert.Equal([source[1], end, 0, source[0], source[1], end], Numbers(batch["source"]));
        Assert.Equal([start, target[1], 0, 0, start, .. target.Select(number => (long)number)], Numbers(batch["decoder_input"]));
        Assert.Equal([target[1], end, -100, -100, .. target.Select(number => (long)number), end], Numbers(batch.Target));
        Assert.Equal([true, true, false, true, true, true], batch["source_mask"].data<bool>().ToArray());
        Assert.Equal([true, true, false, false, true, true, true, true], batch["target_mask"].data<bool>().ToArray());
        Assert.Equal([4, 2], data.Lengths);
    }

    [Fact]
    public void A_sentence_can_be_read_from_its_end_with_padding_before_it()
    {
        TranslationDataset data = new([("ein hund", "a dog runs"), ("hund", "dog")], _words, _words) { IsReversed = true, PadsBefore = true };

        using Batch batch = data.Read([1, 0]);

        int end = _words.Vocabulary.Separator;
        int[] source = _words.Encode("ein hund");
        Assert.Equal([0, source[1], end, source[1], source[0], end], Numbers(batch["source"]));
        Assert.Equal([false, true, true, true, true, true], batch["source_mask"].data<bool>().ToArray());
        Assert.Equal([true, true, false, false, true, true, true, true], batch["target_mask"].data<bool>().ToArray());
    }

    [Fact]
    public void Multi30k_is_read_and_padded_little()
    {
        string folder = SharedData.PathOrSkip("multi30k");
        var pairs = SentencePairs.Load(Path.Combine(folder, "val.de.gz"), Path.Combine(folder, "val.en.gz"));
        TranslationDataset data = new(
            pairs, WordTokenizer.Train(pairs.Select(pair => pair.Source)), WordPieceTokenizer.Train(pairs.Select(pair => pair.Target), 1000), longest: 40);

        using Batch batch = data.Read(new BucketSampler(data.Lengths, 32, 1).Order(0).AsSpan(0, 32));

        Assert.Equal(1014, data.Count);
        Assert.InRange(batch["target_mask"].to(ScalarType.Float32).mean().item<float>(), 0.75f, 1);
    }

    [Fact]
    public void Windows_lie_side_by_side_or_at_every_place()
    {
        int[] text = [10, 11, 12, 13, 14, 15, 16];
        TokenWindows beside = new(text, 3), everywhere = new(text, 3, stride: 1);

        Assert.Equal((2, 4), (beside.Count, everywhere.Count));
        using Batch two = beside.Read([1, 0]), last = everywhere.Read([3]);
        Assert.Equal([13, 14, 15, 10, 11, 12], Numbers(two.Input));
        Assert.Equal([14, 15, 16, 11, 12, 13], Numbers(two.Target));
        Assert.Equal([14, 15, 16], Numbers(last.Target));
        Assert.Throws<ArgumentException>(() => new TokenWindows(text, 7));
    }

    [Fact]
    public void Words_are_masked_as_in_BERT()
    {
        Vocabulary vocabulary = new([.. Reserved.All, .. Enumerable.Range(0, 500).Select(i => $"w{i}")]);
        const int Sequences = 400, Length = 42;
        int[][] sequences = [.. Enumerable.Range(0, Sequences).Select(row => (int[])[vocabulary.Start, .. Enumerable.Range(0, Length - 2).Select(i => 6 + (row + i) % 500), vocabulary.Separator])];
        using Batch plain = Read(), masked = new MaskedWords(1, vocabulary).Apply(Read(), epoch: 3), again = new MaskedWords(1, vocabulary).Apply(Read(), epoch: 3);
        long[] before = Numbers(plain.Input), input = Numbers(masked.Input), target = Numbers(masked.Target);
        int[] chosen = [.. Enumerable.Range(0, input.Length).Where(i => target[i] != -100)];

        // 15 % of 40 words is 6 in each sequence.
        Assert.Equal(6 * Sequences, chosen.Length);
        Assert.All(chosen.CountBy(i => i / Length), row => Assert.Equal(6, row.Value));
        Assert.All(chosen, i => Assert.Equal(before[i], target[i]));
        Assert.All(Enumerable.Range(0, input.Length).Except(chosen), i => Assert.Equal(before[i], input[i]));
        Assert.DoesNotContain(chosen, i => i % Length is 0 or Length - 1);
        Assert.InRange(chosen.Count(i => input[i] == vocabulary.Mask) / (double)chosen.Length, 0.77, 0.83);
        Assert.InRange(chosen.Count(i => input[i] == before[i]) / (double)chosen.Length, 0.08, 0.12);
        Assert.DoesNotContain(chosen, i => input[i] != vocabulary.Mask && vocabulary.IsReserved((int)input[i]));
        Assert.Equal(input, Numbers(again.Input));
        using Batch later = new MaskedWords(1, vocabulary).Apply(Read(), epoch: 4);
        Assert.NotEqual(input, Numbers(later.Input));

        Batch Read() => new SequenceDataset(sequences).Read([.. Enumerable.Range(0, Sequences).Select(i => (long)i)]);
    }

    [Fact]
    public void A_sequence_of_few_words_has_one_masked_and_one_of_none_is_left()
    {
        Vocabulary vocabulary = new([.. Reserved.All, "a", "b"]);

        using Batch batch = new MaskedWords(1, vocabulary).Apply(new SequenceDataset([[3, 6, 2], [3, 2]]).Read([0, 1]), 0);

        Assert.Equal([-100, 6, -100, -100, -100, -100], Numbers(batch.Target));
    }

    [Fact]
    public void Half_of_the_pairs_follow_one_another_and_half_come_from_elsewhere()
    {
        // Every sentence is one word that tells its place: its document and its number.
        string[][] documents = [.. Enumerable.Range(0, 40).Select(document => Enumerable.Range(0, 11).Select(sentence => $"d{document}s{sentence}").ToArray()), ["alone"]];
        WordTokenizer places = WordTokenizer.Train(documents.SelectMany(document => document));
        NextSentences data = new(documents, places, longest: 16, seed: 3);
        Vocabulary vocabulary = places.Vocabulary;

        using Batch all = data.Read([.. Enumerable.Range(0, (int)data.Count).Select(i => (long)i)]);
        long[][] rows = [.. Numbers(all["words"]).Chunk(5)];
        long[] unrelated = Numbers(all["unrelated"]);

        Assert.Equal(40 * 10, data.Count);
        AssertShare(0.5, unrelated.Count(label => label == 0), unrelated.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal([vocabulary.Start, vocabulary.Separator, vocabulary.Separator], (long[])[rows[i][0], rows[i][2], rows[i][4]]);
            string first = vocabulary[(int)rows[i][1]], second = vocabulary[(int)rows[i][3]];
            Assert.Equal($"d{i / 10}s{i % 10}", first);
            if (unrelated[i] == 0) Assert.Equal($"d{i / 10}s{i % 10 + 1}", second);
            else Assert.False(second.StartsWith($"d{i / 10}s", StringComparison.Ordinal) || second.EndsWith("s0", StringComparison.Ordinal) || second == "alone", second);
        }

        Assert.Equal([0, 0, 0, 1, 1], Numbers(all["segment"]).Take(5));
        using Batch masked = new MaskedWords(1, vocabulary) { Field = "words", Target = "targets" }.Apply(data.Read([7]), 0);
        Assert.Equal(["words", "segment", "mask", "unrelated", "targets"], masked.Names);
        Assert.Contains("two documents", Assert.Throws<ArgumentException>(() => new NextSentences([["a", "b"]], places, 16, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_the_pairs_stand_the_other_way_round()
    {
        string[][] documents = [.. Enumerable.Range(0, 40).Select(document => Enumerable.Range(0, 11).Select(sentence => $"d{document}s{sentence}").ToArray())];
        WordTokenizer places = WordTokenizer.Train(documents.SelectMany(document => document));
        SentenceOrder data = new(documents, places, longest: 16, seed: 3);

        using Batch all = data.Read([.. Enumerable.Range(0, (int)data.Count).Select(i => (long)i)]);
        long[][] rows = [.. Numbers(all["words"]).Chunk(5)];
        long[] swapped = Numbers(all["swapped"]);

        AssertShare(0.5, swapped.Count(label => label == 0), swapped.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            (string first, string second) = (places.Vocabulary[(int)rows[i][1]], places.Vocabulary[(int)rows[i][3]]);
            (string earlier, string later) = swapped[i] == 0 ? (first, second) : (second, first);
            Assert.Equal(($"d{i / 10}s{i % 10}", $"d{i / 10}s{i % 10 + 1}"), (earlier, later));
        }

        Assert.All(data.Lengths, length => Assert.Equal(5, length));
        Assert.Contains("two sentences", Assert.Throws<ArgumentException>(() => new SentenceOrder([["alone"], []], places, 16, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sentences_are_framed_and_keep_their_classes()
    {
        WordTokenizer words = WordTokenizer.Train(["a b c d"]);
        SentenceDataset data = new(["a b", "c", "a b c d"], words, longest: 5, labels: [1, 0, 1]);
        Vocabulary vocabulary = words.Vocabulary;

        using Batch batch = data.Read([2, 1]);

        Assert.Equal([4, 3, 5], data.Lengths);
        Assert.Equal("a b c c", words.Decode(Numbers(batch["words"]).Select(number => (int)number)));
        Assert.Equal([vocabulary.Start, vocabulary.NumberOf("c"), vocabulary.Separator, vocabulary.Padding, vocabulary.Padding], Numbers(batch["words"])[5..]);
        Assert.Equal([8, 0, 2], (long[])[batch["mask"].sum().item<long>(), batch["segment"].sum().item<long>(), batch["label"].shape[0]]);
        Assert.Equal([1, 0], Numbers(batch["label"]));
        Assert.Throws<ArgumentException>(() => new SentenceDataset(["a"], words, labels: [1, 2]));
    }

    [Fact]
    public void Each_word_is_paired_with_its_neighbours_within_its_reach()
    {
        int[] text = [.. Enumerable.Range(100, 300)];
        SkipGrams data = new(text, window: 4, seed: 1);

        using Batch all = data.Read([.. Enumerable.Range(0, (int)data.Count).Select(i => (long)i)]);
        (long Word, long Neighbour)[] pairs = [.. Numbers(all["center"]).Zip(Numbers(all["context"]))];

        Assert.Equal(pairs.Length, pairs.Distinct().Count());
        Assert.All(pairs, pair => Assert.InRange(Math.Abs(pair.Word - pair.Neighbour), 1, 4));
        foreach (IGrouping<long, (long Word, long Neighbour)> word in pairs.GroupBy(pair => pair.Word))
        {
            long reach = word.Max(pair => Math.Abs(pair.Neighbour - word.Key));
            Assert.Equal(text.Where(other => other != word.Key && Math.Abs(other - word.Key) <= reach).Select(other => (long)other), word.Select(pair => pair.Neighbour));
        }

        // Reaches of 1 to 4 are equally likely: a neighbour next to the word is four times as frequent as the fourth.
        double[] shares = [.. Enumerable.Range(1, 4).Select(distance => pairs.Count(pair => Math.Abs(pair.Word - pair.Neighbour) == distance) / 600.0)];
        Assert.InRange(shares[0], 0.99, 1);
        Assert.InRange(shares[1], 0.65, 0.85);
        Assert.InRange(shares[3], 0.15, 0.35);
    }

    [Fact]
    public void The_context_of_a_word_is_what_stands_around_it()
    {
        using Batch batch = new WordContexts([5, 6, 7, 8], window: 2, padding: 1).Read([0, 2]);

        Assert.Equal([6, 7, 1, 5, 6, 8], Numbers(batch["context"]));
        Assert.Equal([true, true, false, true, true, true], batch[SequenceDataset.MaskName].data<bool>().ToArray());
        Assert.Equal([5, 7], Numbers(batch["center"]));
    }

    [Fact]
    public void Negatives_are_drawn_by_the_power_of_their_counts_and_are_never_the_target()
    {
        long[] counts = [0, 1000, 16, 81, 0];
        const int Draws = 40_000;
        NegativeSampling sampling = new(counts, Draws, seed: 2) { Field = "center" };

        using Batch batch = sampling.Apply(new Batch([7, 8], ("center", tensor(new long[] { 1, 4 }))), epoch: 0);
        long[][] drawn = [.. Numbers(batch["negatives"]).Chunk(Draws)];

        // 16 and 81 to the power of 0.75 are 8 and 27.
        double[] powers = [0, Math.Pow(1000, 0.75), 8, 27, 0];
        Assert.Equal([0, 0], drawn.Select(row => row.Count(number => counts[number] == 0)));
        Assert.DoesNotContain(1, drawn[0]);
        AssertShare(8.0 / 35, drawn[0].Count(number => number == 2), Draws);
        AssertShare(27 / powers.Sum(), drawn[1].Count(number => number == 3), Draws);
        Assert.Throws<ArgumentException>(() => new NegativeSampling([0, 5, 0], 5, 1));
    }

    [Fact]
    public void Frequent_words_are_mostly_left_out()
    {
        int[] text = [.. Enumerable.Range(0, 100_000).Select(i => i % 10 == 0 ? i / 10 % 1000 : 1000)];

        int[] kept = FrequentWords.Subsample(text, seed: 3, threshold: 1e-3);

        // The word that is nine tenths of the text stays with sqrt(0.001 / 0.9), the rare ones, a ten-thousandth each, all stay.
        AssertShare(Math.Sqrt(1e-3 / 0.9), kept.Count(number => number == 1000), 90_000);
        Assert.Equal(10_000, kept.Count(number => number < 1000));
        Assert.Equal(kept, FrequentWords.Subsample(text, seed: 3, threshold: 1e-3));
    }

    private static long[] Numbers(Tensor tensor) => tensor.data<long>().ToArray();

    private static void AssertShare(double expected, int count, int draws) =>
        Assert.InRange(Math.Abs(count - expected * draws), 0, 4.5 * Math.Sqrt(draws * expected * (1 - expected)));
}
