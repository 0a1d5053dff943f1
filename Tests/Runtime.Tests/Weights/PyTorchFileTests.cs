using Dlm.Runtime.Weights;
using Dlm.Runtime.Weights.PyTorch;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Weights;

public sealed class PyTorchFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("zip.pt", "PyTorch")]
    [InlineData("legacy.pt", "PyTorch, before version 1.6")]
    [InlineData("protocol4.pt", "PyTorch")]
    public void Reads_every_type_and_layout_that_PyTorch_writes(string name, string format)
    {
        using WeightFile file = WeightFile.Open(Path.Combine(ExpectedWeight.Folder, name));

        Assert.Equal(format, file.Format);
        ExpectedWeight.AssertHolds(ExpectedWeight.ReadFolder(ExpectedWeight.Folder)[name], file);
    }

    [Theory]
    [InlineData("training_zip.pt")]
    [InlineData("training_legacy.pt")]
    public void Finds_the_weights_among_what_training_scripts_save(string name)
    {
        using WeightFile file = WeightFile.Open(Path.Combine(ExpectedWeight.Folder, name));

        ExpectedWeight.AssertHolds(ExpectedWeight.ReadFolder(ExpectedWeight.Folder)[name], file);
    }

    [Fact]
    public void The_files_beside_the_tests_are_what_PyTorch_writes_today()
    {
        Python.RunOrSkip("write", _folder.Path);

        Assert.Equal(File.ReadAllText(Path.Combine(ExpectedWeight.Folder, "expected.json")), File.ReadAllText(_folder.File("expected.json")));
        foreach ((string name, OrderedDictionary<string, ExpectedWeight> expected) in ExpectedWeight.ReadFolder(_folder.Path))
        {
            using WeightFile file = WeightFile.Open(_folder.File(name));
            ExpectedWeight.AssertHolds(expected, file);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PyTorch_reads_what_is_written_here(bool wide)
    {
        using WeightFile source = WeightFile.Open(Path.Combine(ExpectedWeight.Folder, "zip.pt"));
        OrderedDictionary<string, Tensor> tensors = new(source.Entries.Select(entry => KeyValuePair.Create(entry.Key, source.Read(entry.Key))));
        string path = _folder.File("written.pt");
        using (FileStream file = File.Create(path)) PyTorchWriter.Write(file, tensors, wide);

        OrderedDictionary<string, ExpectedWeight> expected = ExpectedWeight.ReadFolder(ExpectedWeight.Folder)["zip.pt"];
        using (WeightFile again = WeightFile.Open(path)) ExpectedWeight.AssertHolds(expected, again);
        OrderedDictionary<string, ExpectedWeight> read = ExpectedWeight.Parse(Python.RunOrSkip("read", path));
        Assert.Equal(expected.Keys, read.Keys);
        Assert.All(expected, pair => Assert.Equivalent(pair.Value, read[pair.Key], strict: true));
        foreach (Tensor tensor in tensors.Values) tensor.Dispose();
    }

    [Fact]
    public void PyTorch_reads_an_empty_state_and_a_network()
    {
        using var network = nn.Sequential(("conv", nn.Conv2d(1, 2, 3)), ("norm", nn.BatchNorm2d(2)));
        network.SaveWeights(_folder.File("a.pth"));
        WeightFile.Save(_folder.File("empty.pt"), []);

        Assert.Empty(ExpectedWeight.Parse(Python.RunOrSkip("read", _folder.File("empty.pt"))));
        OrderedDictionary<string, ExpectedWeight> read = ExpectedWeight.Parse(Python.RunOrSkip("read", _folder.File("a.pth")));
        Dictionary<string, Tensor> own = network.state_dict();
        Assert.Equal(own.Keys, read.Keys);
        Assert.All(own, pair => Assert.Equal(ExpectedWeight.ValuesOf(pair.Value), read[pair.Key].Values));
    }

    [Fact]
    public void A_file_of_a_machine_with_the_highest_byte_first_is_read()
    {
        using var scope = NewDisposeScope();
        OrderedDictionary<string, Tensor> tensors = new() { ["w"] = tensor(new[] { 1.5f, -2f }), ["n"] = tensor(new[] { 1L, 258L }), ["h"] = full(2, -2.5, dtype: ScalarType.Float16), ["b"] = tensor(new byte[] { 1, 2 }) };
        HandMade.Zip(
            _folder.File("big.pt"),
            [("a/data.pkl", Pickler.StateDict(tensors)), ("a/byteorder", [.. "big"u8]), .. tensors.Values.Select((tensor, i) => ($"a/data/{i}", Reversed(tensor)))]);

        using WeightFile file = WeightFile.Open(_folder.File("big.pt"));

        Assert.Equal(tensors.Keys, file.Entries.Select(entry => entry.Key));
        Assert.All(tensors, pair => Assert.Equal(ExpectedWeight.ValuesOf(pair.Value), ExpectedWeight.ValuesOf(file.Read(pair.Key))));

        static byte[] Reversed(Tensor tensor) => [.. tensor.bytes.ToArray().Chunk((int)tensor.element_size()).SelectMany(element => element.Reverse())];
    }

    [Fact]
    public void Tensors_that_share_a_storage_are_read_apart_and_in_part()
    {
        using WeightFile file = WeightFile.Open(Path.Combine(ExpectedWeight.Folder, "zip.pt"));
        using Tensor column = file.Read("column"), dense = file.Read("dense");

        column.zero_();

        Assert.Equal(0.125, dense[0, 1].item<float>());
    }

    [Fact]
    public void Several_sets_of_weights_are_listed_and_one_is_taken_by_name()
    {
        byte[] Dict(params (string Key, byte[] Value)[] items) => [.. HandMade.EmptyDict, .. items.SelectMany(item => (byte[])[.. HandMade.Text(item.Key), .. item.Value, .. HandMade.SetItem])];
        byte[] weight = HandMade.Tensor("0", [2]);
        HandMade.Zip(_folder.File("two.pt"), [("a/data.pkl", [.. Dict(("generator", Dict(("w", weight))), ("critics", Dict(("first", Dict(("v", weight), ("u", weight)))))), .. HandMade.Stop]), ("a/data/0", new byte[8])]);

        WeightFileException error = Assert.Throws<WeightFileException>(() => WeightFile.Open(_folder.File("two.pt")));
        Assert.Contains("it holds several sets of weights: 'generator' (1 tensors), 'critics.first' (2 tensors)", error.Message, StringComparison.Ordinal);
        Assert.Contains("it has no part 'critic'", Assert.Throws<WeightFileException>(() => WeightFile.Open(_folder.File("two.pt"), "critic")).Message, StringComparison.Ordinal);
        using WeightFile file = WeightFile.Open(_folder.File("two.pt"), part: "critics.first");
        Assert.Equal(["v", "u"], file.Entries.Select(entry => entry.Key));
    }
}
