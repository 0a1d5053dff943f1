using System.Text;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Text;

namespace Dlm.Runtime.Tests.Data;

/// <summary>The tokenizers against plain Python of the papers' algorithms, on a text of many languages.</summary>
public sealed class TokenizerTests
{
    private static readonly PythonReference Python = new("Data/reference/text.py");
    private static readonly string Sample = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data/reference/sample.txt"));

    [Fact]
    public Task The_reference_is_what_Python_says_here() => Python.RequireSame(0);

    [Fact]
    public void Text_is_cut_where_GPT_2_cuts_it()
    {
        string[] words = [.. Gpt2Words.Split(Sample)];

        Assert.Equal(Sample, string.Concat(words));
        Assert.Equal(Words("gpt2 words"), words.Select(word => word.Replace('\n', '␤')));
        Assert.Equal(["Hello", ",", " it", "'s", "  ", " 12", "th", "  "], Gpt2Words.Split("Hello, it's   12th  "));
    }

    [Theory]
    [InlineData("bert words lower", true)]
    [InlineData("bert words", false)]
    public void Text_is_cut_where_BERT_cuts_it(string name, bool lowerCase) => Assert.Equal(Words(name), BertWords.Split(Sample, lowerCase));

    [Fact]
    public void Byte_pairs_are_learnt_and_used_as_the_plain_algorithm_does()
    {
        BytePairTokenizer tokenizer = BytePairTokenizer.Train([Sample], size: 500);

        int[] numbers = tokenizer.Encode(Sample);

        Assert.Equal(Python.Numbers("byte pairs", "entries")[0], tokenizer.Vocabulary.Count);
        Assert.Equal(Python.Numbers("byte pairs", "numbers").Select(number => (int)number), numbers);
        Assert.Equal(Sample, tokenizer.Decode(numbers));
    }

    [Fact]
    public void Byte_pairs_come_back_from_files_in_the_form_of_GPT_2()
    {
        using TemporaryFolder folder = new();
        BytePairTokenizer tokenizer = BytePairTokenizer.Train([Sample], size: 400);
        (string vocabulary, string merges) = (folder.File("vocab.json"), folder.File("merges.txt"));

        tokenizer.Save(vocabulary, merges);
        BytePairTokenizer read = BytePairTokenizer.Load(vocabulary, merges);

        Assert.Equal(tokenizer.Encode(Sample), read.Encode(Sample));
        Assert.StartsWith("#version: 0.2\n", File.ReadAllText(merges), StringComparison.Ordinal);
        Assert.Contains("\"Ġthe\":", File.ReadAllText(vocabulary), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_comes_back_whether_it_was_learnt_from_or_not()
    {
        BytePairTokenizer tokenizer = BytePairTokenizer.Train(["abc abc"], size: 264);
        string other = "Привет 🌍\0\u0001 \t\r\n  ' ''s\u200b" + new string('x', 50_000);

        Assert.Equal(other, tokenizer.Decode(tokenizer.Encode(other)));
        Assert.Empty(tokenizer.Encode(""));
        Assert.Equal("\uFFFD", tokenizer.Decode([.. tokenizer.Encode("é").Take(1)]));
    }

    [Fact]
    public void A_merge_that_the_vocabulary_has_not_is_one_message()
    {
        using TemporaryFolder folder = new();
        BytePairTokenizer.Train([Sample], size: 300).Save(folder.File("vocab.json"), folder.File("merges.txt"));
        File.AppendAllText(folder.File("merges.txt"), "q z\n");

        DataFileException error = Assert.Throws<DataFileException>(() => BytePairTokenizer.Load(folder.File("vocab.json"), folder.File("merges.txt")));

        Assert.Equal($"{folder.File("merges.txt")}: line 40 needs the entry 'qz', which vocab.json has not. The two files must come from the same tokenizer.", error.Message);
    }

    [Fact]
    public void Word_pieces_are_learnt_and_used_as_the_plain_algorithm_does()
    {
        WordPieceTokenizer tokenizer = WordPieceTokenizer.Train([Sample], size: 300);

        Assert.Equal(Python.Numbers("word pieces", "entries")[0], tokenizer.Vocabulary.Count);
        Assert.Equal(Python.Numbers("word pieces", "numbers").Select(number => (int)number), tokenizer.Encode(Sample + " unwidest xyzäß fablest 猫"));
    }

    [Fact]
    public void Words_are_cut_into_the_longest_pieces_of_a_vocabulary_of_BERT()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("vocab.txt"), "[PAD]\n[unused0]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nun\n##aff\n##able\njohn\njohan\n##son\n's\n'\ns\nhouse\n");
        WordPieceTokenizer tokenizer = new(Vocabulary.Load(folder.File("vocab.txt")));

        Assert.Equal(["un", "##aff", "##able"], Pieces(tokenizer, "Unaffable"));
        Assert.Equal(["john", "johan", "##son", "'", "s", "house"], Pieces(tokenizer, "John Johanson's house"));
        Assert.Equal(["un", "[UNK]", "house"], Pieces(tokenizer, "un unaffablex house"));
        Assert.Equal(["[UNK]"], Pieces(tokenizer, new string('s', 101)));
        Assert.Equal("unaffable johanson", tokenizer.Decode(tokenizer.Encode("unaffable johanson")));
        Assert.Equal([3, 6, 7, 8, 4], tokenizer.Frame("unaffable"));
        (int[] numbers, int[] segments) = tokenizer.Frame("john john john john", "house un", longest: 8);
        Assert.Equal([3, 9, 9, 9, 4, 15, 6, 4], numbers);
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1], segments);
    }

    [Fact]
    public void Characters_are_code_points_in_order()
    {
        CharacterTokenizer tokenizer = CharacterTokenizer.Train("b😀a\nb");

        Assert.Equal([.. Reserved.All, "\n", "a", "b", "😀"], Enumerable.Range(0, tokenizer.Vocabulary.Count).Select(i => tokenizer.Vocabulary[i]));
        Assert.Equal([8, 9, tokenizer.Vocabulary.Unknown, 6], tokenizer.Encode("b😀c\n"));
        Assert.Equal("b😀\n", tokenizer.Decode([8, 0, 9, 6]));
    }

    [Fact]
    public void Words_are_numbered_by_how_often_they_come_up()
    {
        WordTokenizer tokenizer = WordTokenizer.Train(["The cat, the dog.", "the cat's 3.5 of 1969 3rd"], numbers: true);

        Assert.Equal(["the", ",", ".", "3rd", "cat", "cat's", "dog", "of"], Enumerable.Range(6, 8).Select(i => tokenizer.Vocabulary[i]));
        Assert.Equal(["the", "[NUM]", "[UNK]", ",", "[NUM]"], tokenizer.Encode("The 12,000 birds, 7").Select(number => tokenizer.Vocabulary[number]));
        Assert.Equal("the dog .", tokenizer.Decode(tokenizer.Encode("The dog.")));
        Assert.Equal(8, WordTokenizer.Train(["a b c d e a"], size: 8).Vocabulary.Count);
    }

    [Fact]
    public void Vocabularies_come_back_from_files()
    {
        using TemporaryFolder folder = new();
        Vocabulary vocabulary = Vocabulary.Build(["b", "a", "b", "\"quoted\"", "é"], least: 1);

        foreach (string name in (string[])["vocab.txt", "vocab.json"])
        {
            vocabulary.Save(folder.File(name));
            Vocabulary read = Vocabulary.Load(folder.File(name));
            Assert.Equal(Enumerable.Range(0, vocabulary.Count).Select(i => vocabulary[i]), Enumerable.Range(0, read.Count).Select(i => read[i]));
        }

        Assert.Equal((0, 1, 2, 3, 4, 5), (vocabulary.Padding, vocabulary.Unknown, vocabulary.Separator, vocabulary.Start, vocabulary.Mask, vocabulary.Number));
        Assert.Contains("Give it a name that ends with .json", Assert.Throws<DataFileException>(() => new Vocabulary(["\n"]).Save(folder.File("lines.txt"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vocab.txt", "a\nb\na\n", "Entries 0 and 2 of the vocabulary are both 'a'")]
    [InlineData("vocab.json", "{\"a\": 0, \"b\": 5}", "'b' has the number 5, where 2 entries have the numbers 0 to 1")]
    [InlineData("vocab.json", "[1, 2]", "no JSON object of entries and their numbers")]
    [InlineData("vocab.json", "{\"a\": 0", "no JSON object of entries and their numbers")]
    public void A_file_that_is_no_vocabulary_is_one_message(string name, string content, string message)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File(name), content);

        Assert.Contains(message, Assert.Throws<DataFileException>(() => Vocabulary.Load(folder.File(name))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shakespeare_is_learnt_and_comes_back()
    {
        string text = TextFile.ReadAll(SharedData.PathOrSkip("text/tinyshakespeare.txt"));

        BytePairTokenizer tokenizer = BytePairTokenizer.Train([text], size: 1000);
        int[] numbers = tokenizer.Encode(text);

        Assert.Equal(1000, tokenizer.Vocabulary.Count);
        Assert.Equal(text, tokenizer.Decode(numbers));
        Assert.InRange(numbers.Length, text.Length / 3, text.Length / 2);
        Assert.Contains("Ġthe", Enumerable.Range(0, 1000).Select(i => tokenizer.Vocabulary[i]));
    }

    private static IEnumerable<string> Pieces(WordPieceTokenizer tokenizer, string text) => tokenizer.Encode(text).Select(number => tokenizer.Vocabulary[number]);

    private static string[] Words(string name)
    {
        StringBuilder text = new();
        foreach (double point in Python.Numbers(name)) text.Append(new Rune((int)point));
        return text.ToString().Split('\n');
    }
}
