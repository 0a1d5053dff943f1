using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Embeddings;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Embeddings;

public sealed class WordVectorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_most_similar_point_the_same_way_whatever_their_length()
    {
        WordVectors vectors = Make();
        var near = vectors.MostSimilar("man", 2);
        Assert.Equal(["boy", "king"], near.Select(word => word.Word));
        Assert.Equal([1, Math.Sqrt(0.5)], near.Select(word => word.Similarity), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(Math.Sqrt(0.5), vectors.Similarity("king", "man"), 1e-6);
        Assert.Equal(0, vectors.Similarity("nothing", "man"));
    }

    [Fact]
    public void An_analogy_leaves_out_its_own_words()
    {
        Assert.Equal("queen", Make().Analogy("man", "king", "woman")[0].Word);
        Assert.DoesNotContain(Make().Analogy("man", "king", "woman", 9), word => word.Word is "man" or "king" or "woman");
    }

    [Fact]
    public void Reserved_entries_are_no_words()
    {
        WordVectors vectors = Make();
        Assert.Equal(["man", "king", "woman", "queen", "boy", "nothing"], vectors.Words);
        Assert.Equal([2f, 0, 0], vectors["man"].ToArray());
        Assert.False(vectors.Contains(Reserved.Padding));
    }

    [Fact]
    public void What_is_saved_is_read_back()
    {
        string path = _folder.File("vectors.txt");
        Make().Save(path);
        Assert.Equal("6 3\nman 2 0 0\n", File.ReadAllText(path)[..14]);
        WordVectors read = WordVectors.Load(path);
        Assert.Equal(Make().Words, read.Words);
        Assert.All(read.Words, word => Assert.Equal(Make()[word].ToArray(), read[word].ToArray()));
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Assert.Contains("Did you mean 'king'?", Assert.Throws<KeyNotFoundException>(() => Make().MostSimilar("kinf")).Message, StringComparison.Ordinal);
        using Tensor few = zeros(2, 3);
        Assert.Contains("[12, d]", Assert.Throws<ArgumentException>(() => WordVectors.Of(Words(), few)).Message, StringComparison.Ordinal);
        Assert.Contains("there is a word 'two words'", Fault(() => Make("two words").Save(_folder.File("v.txt"))), StringComparison.Ordinal);
        Assert.Contains("its first line", Fault(() => Load("a 1 2\n")), StringComparison.Ordinal);
        Assert.Contains("it has 1 words, and its first line says 2", Fault(() => Load("2 2\na 1 2\n")), StringComparison.Ordinal);
        Assert.Contains("line 3 has a word and 1 numbers, not 2", Fault(() => Load("2 2\na 1 2\nb 1\n")), StringComparison.Ordinal);
        Assert.Contains("line 3 has 'x'", Fault(() => Load("2 2\na 1 2\nb 1 x\n")), StringComparison.Ordinal);
        Assert.Contains("'a' a second time", Fault(() => Load("2 2\na 1 2\na 1 3\n")), StringComparison.Ordinal);
    }

    private static Vocabulary Words(string last = "nothing") => new([.. Reserved.All, "man", "king", "woman", "queen", "boy", last]);

    private static WordVectors Make(string last = "nothing")
    {
        float[] rows = [2, 0, 0, 1, 1, 0, 0, 0, 3, 0, 1, 1, 5, 0, 0, 0, 0, 0];
        using Tensor all = cat([ones(6, 3), tensor(rows).reshape(6, 3)]);
        return WordVectors.Of(Words(last), all);
    }

    private WordVectors Load(string text)
    {
        File.WriteAllText(_folder.File("v.txt"), text);
        return WordVectors.Load(_folder.File("v.txt"));
    }

    private static string Fault(Action act) => Assert.Throws<DataFileException>(act).Message;
}
