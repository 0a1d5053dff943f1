using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Dlm.Runtime.Checkpoints;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Checkpoints;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_can_be_read()
    {
        using CheckpointState written = Sample();
        CheckpointFile.Write(_folder.File("a"), written);

        using CheckpointState read = CheckpointFile.Read(_folder.File("a"));

        Assert.Equal(written.Tensors.Keys, read.Tensors.Keys);
        foreach ((string key, Tensor tensor) in written.Tensors)
        {
            Assert.Equal(tensor.dtype, read.Tensor(key).dtype);
            Assert.Equal(tensor.shape, read.Tensor(key).shape);
            Assert.Equal(tensor.contiguous().bytes.ToArray(), read.Tensor(key).bytes.ToArray());
        }

        Assert.Equal(("a \"text\", ünïcode", 1L << 60, Math.PI), (read.Text("some/text"), read.Integer("some/integer"), read.Number("some/number")));
    }

    [Fact]
    public void The_same_state_makes_the_same_bytes()
    {
        using CheckpointState first = Sample(), second = Sample();
        CheckpointFile.Write(_folder.File("a"), first);
        CheckpointFile.Write(_folder.File("b"), second);

        Assert.Equal(File.ReadAllBytes(_folder.File("a")), File.ReadAllBytes(_folder.File("b")));
    }

    [Fact]
    public void Any_reader_of_safetensors_understands_it()
    {
        using CheckpointState state = Sample();
        CheckpointFile.Write(_folder.File("a"), state);

        // Written down from the format's specification, without a line of the code under test.
        byte[] file = File.ReadAllBytes(_folder.File("a"));
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, length));
        long end = 0;
        foreach (JsonProperty property in header.RootElement.EnumerateObject())
        {
            if (property.Name == "__metadata__")
            {
                Assert.All(property.Value.EnumerateObject(), text => Assert.Equal(JsonValueKind.String, text.Value.ValueKind));
                continue;
            }

            long[] offsets = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(x => x.GetInt64())];
            Assert.Equal(state.Tensor(property.Name).contiguous().bytes.ToArray(), file[(8 + length + (int)offsets[0])..(8 + length + (int)offsets[1])]);
            end = Math.Max(end, offsets[1]);
        }

        Assert.Equal((byte)'{', file[8]);
        Assert.Equal(file.Length, 8 + length + end);
        Assert.Equal(0, length % 8);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] whole = WriteSample();
        for (int length = 0; length < whole.Length; length += length < 1000 ? 7 : 61) AssertRefused(whole[..length]);
        AssertRefused(whole[..^1]);
        AssertRefused([.. whole, 0]);
    }

    [Fact]
    public void A_file_with_any_byte_changed_is_refused()
    {
        byte[] whole = WriteSample();
        foreach (byte change in (byte[])[0x01, 0x80, 0xff])
        {
            for (int at = 0; at < whole.Length; at++)
            {
                whole[at] ^= change;
                AssertRefused(whole);
                whole[at] ^= change;
            }
        }
    }

    [Theory]
    [InlineData("", "it is shorter than any header")]
    [InlineData("PK\u0003\u0004 a zip file, as PyTorch writes", "its first eight bytes are not the length of a header")]
    [InlineData("\u0010\0\0\0\0\0\0\0{\"a\": broken    ", "its header cannot be understood")]
    [InlineData("\u0008\0\0\0\0\0\0\0[1,2,3] ", "its header cannot be understood")]
    [InlineData("\u0040\0\0\0\0\0\0\0{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_off", "it is truncated: 69 of 72 bytes are there")]
    [InlineData("\u0002\0\0\0\0\0\0\0{}", "it is a safetensors file, but no checkpoint of a run")]
    public void A_foreign_file_is_named(string content, string problem)
    {
        string path = _folder.File("foreign");
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(content));

        CheckpointException error = Assert.Throws<CheckpointException>(() => CheckpointFile.Read(path));

        Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"dtype\":\"F32\",\"shape\":[9223372036854775807,9223372036854775807],\"data_offsets\":[0,8]}")]
    [InlineData("{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}")]
    [InlineData("{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}")]
    [InlineData("{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}")]
    [InlineData("{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,9223372036854775807]}")]
    [InlineData("{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}")]
    [InlineData("{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}")]
    [InlineData("7")]
    public void A_header_that_lies_is_refused_without_allocating(string entry)
    {
        byte[] json = Encoding.UTF8.GetBytes($"{{\"a\":{entry}}}");
        byte[] file = new byte[8 + json.Length + 8];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);

        AssertRefused(file);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        Assert.Contains("it cannot be read", Assert.Throws<CheckpointException>(() => CheckpointFile.Read(_folder.File("nowhere"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_no_litter()
    {
        byte[] before = WriteSample();
        string path = _folder.File("a");
        using CheckpointState broken = new();
        broken.Add("fine", ones(4));
        broken.Add("complex", zeros(2, dtype: ScalarType.ComplexFloat32));

        Assert.Throws<NotSupportedException>(() => CheckpointFile.Write(path, broken));

        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_full_disk_is_named_and_leaves_the_old_file()
    {
        if (!File.Exists("/dev/full")) Assert.Skip("this system has no /dev/full");
        WriteSample();
        using CheckpointState state = Sample();
        File.CreateSymbolicLink(_folder.File($".a.{Environment.ProcessId}.partial"), "/dev/full");
        byte[] before = File.ReadAllBytes(_folder.File("a"));

        CheckpointException error = Assert.Throws<CheckpointException>(() => CheckpointFile.Write(_folder.File("a"), state));

        Assert.Contains("it could not be written (No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was overwritten", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder.File("a")));
    }

    [Fact]
    public void Tensors_of_the_wrong_form_are_not_copied()
    {
        using CheckpointState state = Sample();
        using Tensor target = zeros(3);

        Assert.Contains("it holds no 'fc.wait'", Assert.Throws<CheckpointException>(() => state.CopyTo("fc.wait", target)).Message, StringComparison.Ordinal);
        Assert.Contains("'fc.weight' is Float32 [2, 3], and the run needs Float32 [3]", Assert.Throws<CheckpointException>(() => state.CopyTo("fc.weight", target)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => state.Add("fc.weight", target));
    }

    private static CheckpointState Sample()
    {
        using var scope = NewDisposeScope();
        CheckpointState state = new();
        state.Add("fc.weight", arange(6, dtype: ScalarType.Float32).reshape(2, 3));
        state.Add("fc.strided", arange(6, dtype: ScalarType.Float64).reshape(2, 3).t());
        state.Add("fc.empty", zeros(0, 3));
        state.Add("fc.scalar", tensor(1.5));
        state.Add("half", ones(3, dtype: ScalarType.Float16));
        state.Add("brain", ones(3, dtype: ScalarType.BFloat16));
        state.Add("long", arange(3, dtype: ScalarType.Int64));
        state.Add("bytes", arange(5, dtype: ScalarType.Byte));
        state.Add("truth", tensor(new[] { true, false }));
        state.Set("some/text", "a \"text\", ünïcode");
        state.Set("some/integer", 1L << 60);
        state.Set("some/number", Math.PI);
        return state;
    }

    private byte[] WriteSample()
    {
        using CheckpointState state = Sample();
        CheckpointFile.Write(_folder.File("a"), state);
        return File.ReadAllBytes(_folder.File("a"));
    }

    private void AssertRefused(byte[] content)
    {
        string path = _folder.File("hostile");
        File.WriteAllBytes(path, content);
        Assert.StartsWith(path + ": ", Assert.Throws<CheckpointException>(() => CheckpointFile.Read(path)).Message, StringComparison.Ordinal);
    }
}
