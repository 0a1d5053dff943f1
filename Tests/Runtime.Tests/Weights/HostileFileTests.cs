using System.IO.Compression;
using System.Text;
using Dlm.Runtime.Weights;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Weights;

/// <summary>Whatever bytes a file has, it is read or refused with one message: no crash, no code run, no memory taken that the file does not explain.</summary>
public sealed class HostileFileTests : IDisposable
{
    private const string Command = "touch ";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Files => ["small.pt", "legacy.pt", "small.safetensors"];

    [Theory, MemberData(nameof(Files))]
    public void Every_byte_changed(string name)
    {
        byte[] bytes = Read(name);
        int refused = 0;
        for (int at = 0; at < bytes.Length; at++)
        {
            foreach (byte change in (byte[])[0x80, 0xff])
            {
                bytes[at] ^= change;
                if (Open(bytes) is not null) refused++;
                bytes[at] ^= change;
            }
        }

        Assert.True(refused > 400, $"only {refused} of {2 * bytes.Length} changes were noticed");
    }

    [Theory, MemberData(nameof(Files))]
    public void Cut_at_any_length(string name)
    {
        byte[] bytes = Read(name);
        for (int length = 0; length < bytes.Length; length += length % 3 + 1) Assert.NotNull(Open(bytes[..length]));
        Assert.Null(Open(bytes));
    }

    [Theory, MemberData(nameof(Files))]
    public void Impossible_numbers_at_any_place(string name)
    {
        byte[] bytes = Read(name);
        foreach (long number in (long[])[long.MinValue, long.MaxValue])
        {
            byte[] written = HandMade.Number64(number);
            for (int at = 0; at + written.Length <= bytes.Length; at += 3)
            {
                byte[] old = bytes[at..(at + written.Length)];
                written.CopyTo(bytes, at);
                Open(bytes);
                old.CopyTo(bytes, at);
            }
        }
    }

    [Theory, MemberData(nameof(Files)), InlineData("zip.pt"), InlineData("training_zip.pt")]
    public void Pieces_moved_about(string name)
    {
        byte[] bytes = Read(name);
        Random random = new(12345);
        for (int round = 0; round < 600; round++)
        {
            byte[] changed = [.. bytes];
            for (int piece = 0; piece <= round % 3; piece++)
            {
                int length = random.Next(1, 60), from = random.Next(bytes.Length - length), to = random.Next(bytes.Length - length);
                bytes.AsSpan(from, length).CopyTo(changed.AsSpan(to));
            }

            Open(changed);
        }
    }

    [Fact]
    public void A_pickle_that_would_run_a_command_is_refused_by_name()
    {
        string marker = _folder.File("was-run");
        byte[] command = HandMade.Text(Command + marker);
        (string Name, byte[] Pickle)[] attacks =
        [
            ("posix.system", [.. HandMade.Global("posix", "system"), .. command, 0x85, (byte)'R', .. HandMade.Stop]),
            ("posix.system", [0x80, 4, .. HandMade.Text("posix"), .. HandMade.Text("system"), 0x93, .. command, 0x85, (byte)'R', .. HandMade.Stop]),
            ("posix.system", [(byte)'(', .. command, (byte)'i', .. "posix\nsystem\n"u8, .. HandMade.Stop]),
            ("builtins.eval", [.. HandMade.EmptyDict, .. HandMade.Text("w"), .. HandMade.Global("builtins", "eval"), .. command, 0x85, (byte)'R', .. HandMade.SetItem, .. HandMade.Stop]),
            ("torch.hub.load", [.. HandMade.Global("torch.hub", "load"), .. HandMade.Stop]),
            ("torch._utils._rebuild_device_tensor_from_numpy", [.. HandMade.Global("torch._utils", "_rebuild_device_tensor_from_numpy"), .. HandMade.Stop]),
            ("argparse.Namespace", [.. HandMade.Global("argparse", "Namespace"), (byte)')', 0x81, .. HandMade.EmptyDict, (byte)'b', .. HandMade.Stop]),
            ("numpy.core.multiarray.scalar", [.. HandMade.Global("numpy.core.multiarray", "scalar"), .. HandMade.Stop]),
            ("bytes", [0x80, 4, (byte)'C', 1, 7, .. HandMade.Stop]),
            ("set", [0x80, 4, 0x8f, .. HandMade.Stop]),
        ];
        foreach ((string name, byte[] pickle) in attacks)
        {
            HandMade.Zip(_folder.File("attack.zip"), [("a/data.pkl", pickle)]);
            foreach (byte[] file in (byte[][])[File.ReadAllBytes(_folder.File("attack.zip")), HandMade.Legacy(pickle)])
            {
                Assert.Equal(
                    $"it needs Python's '{name}', and only tensors, dicts, lists, numbers and texts are read, since anything else could run code. "
                    + "Where you trust the file, write its weights alone in Python: torch.save(model.state_dict(), 'weights.pt').",
                    Open(file));
            }
        }

        Assert.False(File.Exists(marker));
    }

    [Fact]
    public void Deep_and_circular_pickles_end_like_others()
    {
        byte[] deepLists = [.. Enumerable.Repeat((byte)']', 200_000), .. Enumerable.Repeat((byte)'a', 199_999), .. HandMade.Stop];
        byte[] deepTuples = [.. HandMade.Whole(1), .. Enumerable.Repeat((byte)0x85, 200_000), .. HandMade.Stop];
        byte[] deepDicts = [.. Enumerable.Repeat((byte[])[(byte)'}', .. HandMade.Text("a")], 20_000).SelectMany(part => part), (byte)'N', .. Enumerable.Repeat((byte)'s', 20_000), .. HandMade.Stop];
        byte[] circle = [(byte)'}', (byte)'q', 0, .. HandMade.Text("self"), (byte)'h', 0, .. HandMade.SetItem, .. HandMade.Stop];
        foreach (byte[] pickle in (byte[][])[deepLists, deepTuples, deepDicts, circle]) Assert.Contains("it holds no weights", Open(HandMade.Legacy(pickle)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pickle_cannot_grow()
    {
        const long FreeMemory = 160 << 20; // of which Unpickler takes what a million values need, before it looks at the file's size
        // Each asks for more memory than its bytes explain: a list that is copied again and again, and containers without end.
        byte[] pairs = [(byte)']', (byte)'q', 0, (byte)'(', .. Enumerable.Range(0, 20_000).SelectMany(i => (byte[])[.. HandMade.Whole(i), (byte)'N', 0x86]), (byte)'e'];
        byte[] copies = [.. pairs, .. HandMade.Global("collections", "OrderedDict"), (byte)'q', 1, .. Enumerable.Repeat((byte[])[(byte)'h', 1, (byte)'h', 0, 0x85, (byte)'R'], 20_000).SelectMany(part => part), .. HandMade.Stop];
        Assert.Contains("more values than any weights need", Open(HandMade.Legacy(copies), FreeMemory), StringComparison.Ordinal);
        Assert.Contains("more values than any weights need", Open(HandMade.Legacy([.. Enumerable.Repeat((byte)']', 3_000_000), .. HandMade.Stop]), FreeMemory), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new long[] { 3 }, new long[] { 1 }, 0, 2, "is not within its 2 elements")]
    [InlineData(new long[] { 2 }, new long[] { 1 }, 1, 2, "is not within its 2 elements")]
    [InlineData(new long[] { 2 }, new long[] { 1 }, -1, 2, "is not within its 2 elements")]
    [InlineData(new long[] { 2 }, new long[] { -1 }, 1, 2, "is not within its 2 elements")]
    [InlineData(new long[] { -2 }, new long[] { 1 }, 0, 2, "is not within its 2 elements")]
    [InlineData(new long[] { 2, 2 }, new long[] { 1 }, 0, 2, "is not within its 2 elements")]
    [InlineData(new long[] { 2 }, new long[] { long.MaxValue }, 0, 2, "is not within its 2 elements")]
    [InlineData(new long[] { long.MaxValue, long.MaxValue }, new long[] { 0, 0 }, 0, 2, "is not within its 2 elements")]
    [InlineData(new long[] { 2 }, new long[] { 1 }, 0, 1L << 61, "where 9223372036854775808 are expected")]
    [InlineData(new long[] { 2 }, new long[] { 1 }, 0, long.MaxValue, "bytes, where")]
    [InlineData(new long[] { 2 }, new long[] { 1 }, 0, -1, "is described in an unknown way")]
    public void Tensors_outside_of_their_storage_are_refused(long[] shape, long[] strides, long offset, long count, string problem)
    {
        HandMade.Zip(_folder.File("lie.pt"), [("a/data.pkl", [.. HandMade.EmptyDict, .. HandMade.Text("w"), .. HandMade.Tensor("0", shape, strides, offset, count), .. HandMade.SetItem, .. HandMade.Stop]), ("a/data/0", new byte[8])]);

        Assert.Contains(problem, Open(File.ReadAllBytes(_folder.File("lie.pt"))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_that_repeats_one_element_a_million_times_takes_no_more_memory()
    {
        HandMade.Zip(_folder.File("wide.pt"), [("a/data.pkl", [.. HandMade.EmptyDict, .. HandMade.Text("w"), .. HandMade.Tensor("0", [1L << 40], [0]), .. HandMade.SetItem, .. HandMade.Stop]), ("a/data/0", new byte[8])]);

        using WeightFile file = WeightFile.Open(_folder.File("wide.pt"));
        using Tensor tensor = file.Read("w");

        Assert.Equal(1L << 40, tensor.numel());
        using var network = nn.Linear(2, 2);
        Assert.Throws<WeightFileException>(() => network.LoadWeights(file));
    }

    [Fact]
    public void Zip_files_that_lie_are_refused()
    {
        byte[] pickle = [.. HandMade.EmptyDict, .. HandMade.Text("w"), .. HandMade.Tensor("0", [2]), .. HandMade.SetItem, .. HandMade.Stop];
        (string, byte[])[] entries = [("a/data.pkl", pickle), ("a/data/0", new byte[8]), ("a/data/1", new byte[8])];

        // A bomb: 64 MB of zeros in a few KB. Nothing is unpacked.
        HandMade.Zip(_folder.File("bomb"), [("a/data.pkl", new byte[64 << 20])], CompressionLevel.SmallestSize);
        Assert.InRange(new FileInfo(_folder.File("bomb")).Length, 1, 100_000);
        Assert.Contains("'a/data.pkl' is compressed or encrypted", Open(File.ReadAllBytes(_folder.File("bomb"))), StringComparison.Ordinal);

        HandMade.Zip(_folder.File("twice"), [.. entries, ("a/data/0", new byte[8])]);
        Assert.Contains("it holds 'a/data/0' twice", Open(File.ReadAllBytes(_folder.File("twice"))), StringComparison.Ordinal);

        HandMade.Zip(_folder.File("two"), [.. entries, ("b/data.pkl", pickle)]);
        Assert.Contains("it has 2 entries data.pkl", Open(File.ReadAllBytes(_folder.File("two"))), StringComparison.Ordinal);

        HandMade.Zip(_folder.File("lacking"), [("a/data.pkl", pickle)]);
        Assert.Contains("the storage '0' is missing", Open(File.ReadAllBytes(_folder.File("lacking"))), StringComparison.Ordinal);

        HandMade.Zip(_folder.File("program"), [.. entries, ("a/constants.pkl", pickle)]);
        Assert.Contains("TorchScript", Open(File.ReadAllBytes(_folder.File("program"))), StringComparison.Ordinal);

        // The last entry of the directory is said to lie where the one before it lies, under that one's name.
        HandMade.Zip(_folder.File("overlap"), entries);
        byte[] bytes = File.ReadAllBytes(_folder.File("overlap"));
        int last = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8), before = bytes.AsSpan(0, last).LastIndexOf("PK\u0001\u0002"u8);
        bytes.AsSpan(before + 42, 4).CopyTo(bytes.AsSpan(last + 42));
        Assert.Contains("'a/data/1' overlaps another entry", Open(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid", "a Git LFS pointer", "git lfs pull")]
    [InlineData("<!DOCTYPE html>", "a web page", "Download the file itself")]
    [InlineData("\u0089HDF\r\n\u001a\n", "an HDF5 file", "safetensors")]
    [InlineData("{\"a\": 1}", "it is JSON, but no index of weights", "Give the .index.json")]
    [InlineData("{\"a\": ", "its JSON cannot be understood", "Get the file again")]
    [InlineData("{\"weight_map\": {}}", "its weight_map is empty", "")]
    [InlineData("\u0080\u0002}q\u0000.", "a pickle that torch.save did not write", "torch.save(model.state_dict(), path)")]
    [InlineData("hello, world", "neither a safetensors file nor one that torch.save wrote", ".safetensors")]
    [InlineData("", "it is empty", "")]
    public void A_foreign_file_is_named(string content, string what, string remedy)
    {
        string? message = Open(Encoding.Latin1.GetBytes(content));

        Assert.Contains(what, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
    }

    private byte[] Read(string name)
    {
        if (!name.StartsWith("small", StringComparison.Ordinal)) return File.ReadAllBytes(Path.Combine(ExpectedWeight.Folder, name));
        using var scope = NewDisposeScope();
        WeightFile.Save(_folder.File(name), [KeyValuePair.Create("a.weight", ones(3, 2)), KeyValuePair.Create("a.bias", zeros(3, dtype: ScalarType.Int64)), KeyValuePair.Create("scalar", tensor(2.0))]);
        return File.ReadAllBytes(_folder.File(name));
    }

    /// <summary>Opens bytes as a file and reads all that is in it.</summary>
    /// <returns>The message without the path, or null where nothing was amiss.</returns>
    private string? Open(byte[] content, long allowed = 8 << 20)
    {
        string path = _folder.File("hostile");
        File.WriteAllBytes(path, content);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using WeightFile file = WeightFile.Open(path);
            foreach (WeightEntry entry in file.Entries)
            {
                using Tensor tensor = file.Read(entry.Key);
                Assert.Equal(entry.Shape, tensor.shape);
            }

            return null;
        }
        catch (WeightFileException e)
        {
            Assert.StartsWith(path + ": ", e.Message, StringComparison.Ordinal);
            return e.Message[(path.Length + 2)..];
        }
        finally
        {
            // What the framework takes for opening a file, and a few times the file's own size.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, allowed + 60L * content.Length);
        }
    }
}
