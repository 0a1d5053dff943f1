using System.Globalization;
using System.Text.Json;
using Dlm.Runtime.Tests.Training;
using Dlm.Runtime.Weights;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Weights;

public sealed class LoadWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.safetensors")]
    [InlineData("a.pt")]
    public void A_network_takes_what_another_wrote(string name)
    {
        using SmallConvNet written = Network(1), read = Network(2);
        written.SaveWeights(_folder.File(name));

        LoadReport report = read.LoadWeights(_folder.File(name));

        Assert.Equal(Bytes(written), Bytes(read));
        Assert.Equal(written.state_dict().Keys, report.Loaded.Select(one => one.Key));
        Assert.Equal($"{_folder.File(name)}: {written.state_dict().Count} tensors loaded, and that is all.", report.ToString());
    }

    [Fact]
    public void The_content_tells_the_format_and_not_the_name()
    {
        using SmallConvNet written = Network(1), read = Network(2);
        written.SaveWeights(_folder.File("a.safetensors"));
        File.Move(_folder.File("a.safetensors"), _folder.File("weights.pt"));

        read.LoadWeights(_folder.File("weights.pt"));

        Assert.Equal(Bytes(written), Bytes(read));
        Assert.Throws<ArgumentException>(() => written.SaveWeights(_folder.File("weights.onnx")));
    }

    [Fact]
    public void Other_types_are_converted_and_the_report_says_so()
    {
        using var network = nn.Linear(2, 2);
        WeightFile.Save(_folder.File("half.safetensors"), [KeyValuePair.Create("weight", full(2, 2, 1.5, dtype: ScalarType.Float16)), KeyValuePair.Create("bias", full(2, -3, dtype: ScalarType.BFloat16))]);

        LoadReport report = network.LoadWeights(_folder.File("half.safetensors"));

        Assert.Equal(ScalarType.Float32, network.weight.dtype);
        Assert.Equal([1.5, 1.5, 1.5, 1.5, -3, -3], [.. ExpectedWeight.ValuesOf(network.weight), .. ExpectedWeight.ValuesOf(network.bias!)]);
        Assert.Contains("1 of them from Float16 to Float32, 1 of them from BFloat16 to Float32", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_is_all_said_at_once_and_nothing_is_changed()
    {
        using var written = nn.Sequential(("conv", nn.Conv2d(1, 2, 3)), ("head", nn.Linear(4, 3)), ("old", nn.Linear(1, 1)));
        using var network = nn.Sequential(("conv", nn.Conv2d(1, 2, 5)), ("fc", nn.Linear(4, 3)));
        string path = _folder.File("a.pt");
        written.SaveWeights(path);
        byte[] before = Bytes(network);

        WeightFileException error = Assert.Throws<WeightFileException>(() => network.LoadWeights(path));

        Assert.Equal(
            $"""
            {path}: it does not fit the network, and nothing was loaded. Rename keys (LoadOptions.Rename), or load what fits (Strict = false).
              missing in the file, 2:
                fc.weight [3, 4]   did you mean the file's 'head.weight'?
                fc.bias [3]   did you mean the file's 'head.bias'?
              not in the network, 4:
                head.weight [3, 4]
                head.bias [3]
                old.weight [1, 1]
                old.bias [1]
              of another shape, 1:
                conv.weight is [2, 1, 3, 3] in the file and [2, 1, 5, 5] in the network
              it may help: Rename = [Renaming.Pattern("head.*", "fc.*")]
            """,
            error.Message);
        Assert.Equal(before, Bytes(network));
    }

    [Fact]
    public void In_part_what_fits_is_loaded_and_the_rest_kept()
    {
        using var written = nn.Sequential(("conv", nn.Conv2d(1, 2, 3)), ("fc", nn.Linear(4, 3)));
        using var network = nn.Sequential(("conv", nn.Conv2d(1, 2, 3)), ("fc", nn.Linear(4, 5)));
        written.SaveWeights(_folder.File("a.safetensors"));
        double[] head = ExpectedWeight.ValuesOf(network.get_parameter("fc.weight")!);

        LoadReport report = network.LoadWeights(_folder.File("a.safetensors"), new LoadOptions { Strict = false });

        Assert.Equal(["conv.weight", "conv.bias"], report.Loaded.Select(one => one.Key));
        Assert.Equal(["fc.weight", "fc.bias"], report.Misshapen.Select(one => one.Key));
        Assert.Equal(ExpectedWeight.ValuesOf(written.get_parameter("conv.weight")!), ExpectedWeight.ValuesOf(network.get_parameter("conv.weight")!));
        Assert.Equal(head, ExpectedWeight.ValuesOf(network.get_parameter("fc.weight")!));
        Assert.StartsWith($"{report.Path}: 2 tensors loaded.\n  of another shape, 2:\n    fc.weight is [3, 4] in the file and [5, 4] in the network", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Patterns_choose_and_leave_out_and_one_that_matches_nothing_is_a_mistake()
    {
        using var written = nn.Sequential(("conv", nn.Conv2d(1, 2, 3)), ("fc", nn.Linear(4, 3)));
        using var network = nn.Sequential(("conv", nn.Conv2d(1, 2, 3)), ("fc", nn.Linear(4, 5)));
        written.SaveWeights(_folder.File("a.pt"));

        LoadReport report = network.LoadWeights(_folder.File("a.pt"), new LoadOptions { Except = ["fc"] });
        Assert.Equal(["fc.weight", "fc.bias"], report.LeftOut);
        Assert.Equal($"{report.Path}: 2 tensors loaded, 2 left out as asked for, and that is all.", report.ToString());
        Assert.Equal(["conv.bias"], network.LoadWeights(_folder.File("a.pt"), new LoadOptions { Only = ["*.bias"], Except = ["fc.*"] }).Loaded.Select(one => one.Key));

        ArgumentException error = Assert.Throws<ArgumentException>(() => network.LoadWeights(_folder.File("a.pt"), new LoadOptions { Only = ["convs.*"] }));
        Assert.StartsWith("No parameter or buffer of the network matches 'convs.*'. Did you mean 'conv.*'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prefixes_of_wrappers_are_taken_off()
    {
        using var network = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2));
        string path = Path.Combine(ExpectedWeight.Folder, "training_zip.pt");

        Assert.True(network.LoadWeights(path).IsComplete);

        Assert.Equal(ExpectedWeight.ReadFolder(ExpectedWeight.Folder)["training_zip.pt"]["module.0.weight"].Values, ExpectedWeight.ValuesOf(network.get_parameter("0.weight")!));
        using var wrapped = nn.Sequential(("module", network));
        Assert.True(wrapped.LoadWeights(path).IsComplete);
        WeightFileException error = Assert.Throws<WeightFileException>(() => network.LoadWeights(path, new LoadOptions { StripPrefixes = [] }));
        Assert.Contains("did you mean the file's 'module.0.weight'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_renamed_by_patterns_and_expressions()
    {
        using var network = nn.Sequential(("body", nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))));
        Tensor one = ones(2, 2), two = full(2, 2, 2), bias = zeros(2);
        WeightFile.Save(_folder.File("a.pt"), new Dictionary<string, Tensor> { ["enc.h0.w"] = one, ["enc.h0.b"] = bias, ["enc.h1.w"] = two, ["enc.h1.b"] = bias, ["step"] = bias });
        LoadOptions options = new()
        {
            Rename = [Renaming.Pattern("enc.*", "body.*"), Renaming.Expression(@"\.h(\d)\.", ".$1."), Renaming.Pattern("*.w", "*.weight"), Renaming.Pattern("*.b", "*.bias"), Renaming.Expression("^step$", "")],
        };

        LoadReport report = network.LoadWeights(_folder.File("a.pt"), options);

        Assert.True(report.IsComplete, report.ToString());
        Assert.Equal([2, 2, 2, 2], ExpectedWeight.ValuesOf(network.get_parameter("body.1.weight")!));
        Assert.Throws<ArgumentException>(() => Renaming.Pattern("a.b", "a.*"));
        WeightFileException both = Assert.Throws<WeightFileException>(() => network.LoadWeights(_folder.File("a.pt"), new LoadOptions { Rename = [Renaming.Expression("h[01]", "h")] }));
        Assert.Contains("'enc.h0.w' and 'enc.h1.w' both become 'enc.h.w'", both.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.safetensors.index.json", "safetensors")]
    [InlineData("pytorch_model.bin.index.json", "bin")]
    public void A_model_in_several_files_is_one(string index, string ending)
    {
        using SmallConvNet written = Network(1), read = Network(2);
        KeyValuePair<string, Tensor>[] state = [.. written.state_dict()];
        WeightFile.Save(_folder.File($"part-1.{ending}"), state[..4]);
        WeightFile.Save(_folder.File($"part-2.{ending}"), state[4..]);
        File.WriteAllText(_folder.File(index), Index(state.Select((pair, i) => (pair.Key, $"part-{(i < 4 ? 1 : 2)}.{ending}"))));

        read.LoadWeights(_folder.File(index));
        Assert.Equal(Bytes(written), Bytes(read));
        using (WeightFile folder = WeightFile.Open(_folder.Path)) Assert.Equal((state.Length, _folder.File(index)), (folder.Entries.Count, folder.Path));

        Refused([("w", "../a.pt")], "names the file '../a.pt', which is not one beside it");
        Refused([("w", "/etc/passwd")], "which is not one beside it");
        Refused([("w", "..")], "which is not one beside it");
        Refused([("w", "part-3.bin")], "the file part-3.bin, which it names, is missing");
        Refused([(state[0].Key, $"part-2.{ending}")], $"'{state[0].Key}' should be in part-2.{ending} and is not");
        Refused([("w", index)], "neither a safetensors file nor");

        void Refused((string, string)[] map, string problem)
        {
            File.WriteAllText(_folder.File(index), Index(map));
            Assert.Contains(problem, Assert.Throws<WeightFileException>(() => WeightFile.Open(_folder.File(index))).Message, StringComparison.Ordinal);
        }

        static string Index(IEnumerable<(string Key, string File)> map) =>
            JsonSerializer.Serialize(new { metadata = new { total_size = 1 }, weight_map = map.ToDictionary(pair => pair.Key, pair => pair.File) });
    }

    [Fact]
    public void A_checkpoint_of_a_run_is_a_file_of_weights_too()
    {
        using Run run = new(Run.Quiet with { CheckpointFolder = _folder.Path });
        run.Trainer.Fit(run.Training);
        using SmallConvNet network = Network(2);

        Assert.True(network.LoadWeights(Assert.Single(Directory.GetFiles(_folder.Path))).IsComplete);

        Assert.Equal(run.State, Bytes(network));
    }

    [Fact]
    public void Weights_reach_the_buffer_of_an_optimizer()
    {
        using Run run = new(Run.Quiet);
        using SmallConvNet other = Network(3);
        other.SaveWeights(_folder.File("a.pt"));

        run.Network.LoadWeights(_folder.File("a.pt"));

        Assert.Equal(Bytes(other), run.State);
        run.Trainer.Fit(run.Training);
        Assert.NotEqual(Bytes(other), run.State);
    }

    [Fact]
    public void Nothing_is_left_alive()
    {
        using SmallConvNet network = Network(1);
        network.SaveWeights(_folder.File("a.pt"));
        network.LoadWeights(_folder.File("a.pt"));
        long before = LiveTensors.Count();

        network.SaveWeights(_folder.File("a.pt"));
        network.LoadWeights(_folder.File("a.pt"));

        Assert.Equal(before, LiveTensors.Count());
    }

    [Fact]
    public void A_full_disk_is_named_and_leaves_the_old_file()
    {
        if (!File.Exists("/dev/full")) Assert.Skip("this system has no /dev/full");
        using SmallConvNet network = Network(1);
        network.SaveWeights(_folder.File("a.pt"));
        byte[] before = File.ReadAllBytes(_folder.File("a.pt"));
        File.CreateSymbolicLink(_folder.File(string.Create(CultureInfo.InvariantCulture, $".a.pt.{Environment.ProcessId}.partial")), "/dev/full");

        WeightFileException error = Assert.Throws<WeightFileException>(() => network.SaveWeights(_folder.File("a.pt")));

        Assert.Contains("it could not be written (No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder.File("a.pt")));
        Assert.Equal([_folder.File("a.pt")], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_missing_key_of_a_file_is_named_with_the_nearest()
    {
        using WeightFile file = WeightFile.Open(Path.Combine(ExpectedWeight.Folder, "training_zip.pt"));

        Assert.EndsWith("holds no 'module.0.wieght'. Did you mean 'module.0.weight'?", Assert.Throws<KeyNotFoundException>(() => file.Read("module.0.wieght")).Message, StringComparison.Ordinal);
        Assert.Contains("it cannot be read", Assert.Throws<WeightFileException>(() => WeightFile.Open(_folder.File("nowhere"))).Message, StringComparison.Ordinal);
        Assert.Contains("no weights are in this folder", Assert.Throws<WeightFileException>(() => WeightFile.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    private static SmallConvNet Network(long seed)
    {
        manual_seed(seed);
        return new SmallConvNet();
    }

    private static byte[] Bytes(nn.Module network) =>
        [.. network.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.detach().contiguous().bytes.ToArray())];
}
