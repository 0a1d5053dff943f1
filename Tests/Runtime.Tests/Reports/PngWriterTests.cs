using System.Buffers.Binary;
using System.IO.Compression;
using Dlm.Runtime.Reports;

namespace Dlm.Runtime.Tests.Reports;

public sealed class PngWriterTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_can_be_read(bool colour)
    {
        byte[] pixels = [.. Enumerable.Range(0, 5 * 3 * (colour ? 3 : 1)).Select(i => (byte)(17 * i))];

        byte[] png = colour ? PngWriter.EncodeRgb(pixels, 5, 3) : PngWriter.EncodeGrey(pixels, 5, 3);

        Assert.Equal([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], png[..8]);
        var chunks = Chunks(png);
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        Assert.Equal([0, 0, 0, 5, 0, 0, 0, 3, 8, (byte)(colour ? 2 : 0), 0, 0, 0], chunks[0].Data);
        byte[] rows = Inflate(chunks[1].Data);
        int stride = 1 + pixels.Length / 3;
        Assert.Equal(3 * stride, rows.Length);
        Assert.Equal(pixels, rows.Where((_, i) => i % stride != 0));
        Assert.All(Enumerable.Range(0, 3), row => Assert.Equal(0, rows[row * stride]));
    }

    [Fact]
    public void The_checksum_is_that_of_the_standard()
    {
        byte[] end = PngWriter.EncodeGrey([0], 1, 1)[^12..];

        Assert.Equal([0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xae, 0x42, 0x60, 0x82], end);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused() => Assert.Throws<ArgumentException>(() => PngWriter.EncodeGrey(new byte[5], 2, 3));

    private static List<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        List<(string, byte[])> chunks = [];
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add((System.Text.Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }

        return chunks;
    }

    private static byte[] Inflate(byte[] data)
    {
        using ZLibStream zlib = new(new MemoryStream(data), CompressionMode.Decompress);
        MemoryStream inflated = new();
        zlib.CopyTo(inflated);
        return inflated.ToArray();
    }
}
