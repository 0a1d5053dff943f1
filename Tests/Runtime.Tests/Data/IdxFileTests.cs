using Dlm.Runtime.Data;

namespace Dlm.Runtime.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_plain_and_gzip(bool gzip)
    {
        byte[] values = [.. Enumerable.Range(0, 24).Select(i => (byte)i)];
        byte[] bytes = IdxFiles.Bytes([2, 3, 4], values);

        IdxArray array = IdxFile.Read(Write(gzip ? IdxFiles.Gzip(bytes) : bytes));

        Assert.Equal([2, 3, 4], array.Shape);
        Assert.Equal(values, array.Values);
    }

    [Fact]
    public void Reads_a_gzip_file_larger_than_its_first_buffer()
    {
        byte[] values = new byte[3_000_000];
        new Random(1).NextBytes(values);

        Assert.Equal(values, IdxFile.Read(Write(IdxFiles.Gzip(IdxFiles.Bytes([3_000_000], values)))).Values);
    }

    [Theory]
    [InlineData(0, "it is empty")]
    [InlineData(3, "it ends after 3 bytes, inside the header")]
    [InlineData(9, "it ends inside the header")]
    [InlineData(17, "the header promises 2 x 3 x 4 values (24 bytes), the file holds 1")]
    [InlineData(39, "the header promises 2 x 3 x 4 values (24 bytes), the file holds 23")]
    public void Says_where_a_truncated_file_ends(int length, string problem)
    {
        byte[] whole = IdxFiles.Bytes([2, 3, 4], new byte[24]);

        AssertMessage(Write(whole[..length]), problem);
        AssertMessage(Write(IdxFiles.Gzip(whole[..length])), problem);
    }

    [Fact]
    public void Refuses_what_follows_the_last_value()
    {
        AssertMessage(Write(IdxFiles.Bytes([2, 3], new byte[7])), "its header promises 2 x 3 values, and more follow");
        AssertMessage(Write(IdxFiles.Gzip(IdxFiles.Bytes([2, 3], new byte[7]))), "its header promises 2 x 3 values, and more follow");
    }

    [Fact]
    public void Tells_a_web_page_from_data()
    {
        AssertMessage(Write("<html>404</html>"u8.ToArray()), "it is not an IDX file: it begins with 3c68746d", "It looks like a web page");
        AssertMessage(Write("PK\u0003\u0004 and more"u8.ToArray()), "it is not an IDX file: it begins with 504b0304", "Replace it by the original file.");
    }

    [Fact]
    public void Refuses_other_element_types()
    {
        AssertMessage(Write(IdxFiles.Bytes([2], new byte[8], type: 0x0D)), "type 0x0d with 1 dimensions", "Only unsigned bytes");
    }

    [Fact]
    public void Damaged_compression_is_named()
    {
        byte[] zipped = IdxFiles.Gzip(IdxFiles.Bytes([4000], [.. Enumerable.Range(0, 4000).Select(i => (byte)(i * i >> 3))]));
        zipped[zipped.Length / 2] ^= 0xff;
        zipped[zipped.Length / 2 + 1] ^= 0xff;

        DataFileException error = Assert.Throws<DataFileException>(() => IdxFile.Read(Write(zipped)));
        Assert.Contains("Download it again.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_header_that_promises_gigabytes_allocates_nothing(bool gzip)
    {
        foreach (uint[] shape in (uint[][])[[0x80000000], [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [2_000_000_000], [60_000, 28_000, 1]])
        {
            byte[] bytes = IdxFiles.Bytes(shape, new byte[100]);
            string path = Write(gzip ? IdxFiles.Gzip(bytes) : bytes);

            long before = GC.GetAllocatedBytesForCurrentThread();
            DataFileException error = Assert.Throws<DataFileException>(() => IdxFile.Read(path));
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.Contains("it is truncated or its header is damaged", error.Message, StringComparison.Ordinal);
            Assert.InRange(allocated, 0, 8_000_000);
        }
    }

    [Fact]
    public void A_missing_file_or_a_folder_in_its_place_is_named()
    {
        AssertMessage(_folder.File("nowhere"), "it cannot be read");
        AssertMessage(_folder.Path, "it cannot be read");
    }

    private static void AssertMessage(string path, params string[] parts)
    {
        DataFileException error = Assert.Throws<DataFileException>(() => IdxFile.Read(path));
        Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    private string Write(byte[] bytes)
    {
        string path = _folder.File("file");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
