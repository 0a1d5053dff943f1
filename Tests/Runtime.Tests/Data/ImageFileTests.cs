using System.IO.Compression;
using System.Text;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Images;

namespace Dlm.Runtime.Tests.Data;

/// <summary>Image files against Pillow's pixels; damaged and hostile ones; folders of them.</summary>
public sealed class ImageFileTests : IDisposable
{
    private static readonly PythonReference Pillow = new("Data/reference/images.py");
    private static readonly string Files = Path.Combine(AppContext.BaseDirectory, "Data/reference/images");

    private readonly TemporaryFolder _folder = new();

    public ImageFileTests() => Assert.SkipUnless(PngDecoder.Library.IsThere && JpegDecoder.Library.IsThere, "There is no libpng or libjpeg-turbo here: run eng/setup.sh.");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rgb.png", 3)]
    [InlineData("rgba.png", 3)]
    [InlineData("palette.png", 3)]
    [InlineData("grey.png", 1)]
    [InlineData("grey-alpha.png", 1)]
    [InlineData("bits.png", 1)]
    [InlineData("sixteen.png", 1)]
    [InlineData("baseline.jpg", 3)]
    [InlineData("full.jpg", 3)]
    [InlineData("progressive.jpg", 3)]
    [InlineData("grey.jpg", 1)]
    [InlineData("cmyk.jpg", 3)]
    public void Gives_the_pixels_of_Pillow(string name, int channels)
    {
        // Every libjpeg rounds its cosines in its own way.
        double tolerance = name.EndsWith(".png", StringComparison.Ordinal) ? 0 : 0.012;

        Picture color = ImageFile.Read(Path.Combine(Files, name)), grey = ImageFile.Read(Path.Combine(Files, name), channels: 1), own = ImageFile.Read(Path.Combine(Files, name), channels: null);

        Assert.Equal<double>(Pillow.Numbers(name, "size"), (double[])[color.Width, color.Height]);
        PythonReference.Close(Pillow.Numbers(name, "rgb"), [.. color.Pixels.Select(value => (double)value)], tolerance);
        PythonReference.Close(Pillow.Numbers(name, "grey"), [.. grey.Pixels.Select(value => (double)value)], tolerance);
        Assert.Equal(channels, own.Channels);
    }

    [Fact]
    public Task The_reference_is_what_Pillow_says_here() => Pillow.RequireSame(0.012);

    [Theory]
    [InlineData("rgb.png")]
    [InlineData("palette.png")]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    public void A_file_that_is_cut_off_is_one_message(string name)
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(Files, name));
        string path = _folder.File(name);
        for (int length = 0; length < whole.Length - 12; length += Math.Max(1, whole.Length / 60))
        {
            File.WriteAllBytes(path, whole[..length]);

            string message = Assert.Throws<DataFileException>(() => ImageFile.Read(path)).Message;

            Assert.StartsWith(path, message, StringComparison.Ordinal);
            Assert.EndsWith("out of the folder.", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("rgb.png")]
    [InlineData("rgba.png")]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("cmyk.jpg")]
    public void A_flipped_byte_is_an_image_or_one_message(string name)
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(Files, name));
        string path = _folder.File(name);
        int refused = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int at = 0; at < whole.Length; at += at < 200 ? 1 : 7)
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= (byte)(1 << (at % 8) | 0x40);
            File.WriteAllBytes(path, flipped);
            try
            {
                Picture picture = ImageFile.Read(path);
                Assert.Equal(picture.Pixels.Length, picture.Width * picture.Height * 3);
            }
            catch (DataFileException e)
            {
                Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, 1, whole.Length);

        // However large the sizes that a flipped header promises.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / whole.Length, 0, 1_000_000);
    }

    [Theory]
    [InlineData(20_000, 20_000, "100000000 are the most that is read")]
    [InlineData(9_000, 9_000, "more than the file can hold")]
    [InlineData(0, 5, "damaged or truncated PNG")]
    [InlineData(int.MaxValue, int.MaxValue, "damaged or truncated PNG")]
    public void A_header_that_promises_too_much_costs_no_memory(int width, int height, string message)
    {
        string path = _folder.File("bomb.png");
        File.WriteAllBytes(path, Png(width, height, new byte[64]));
        long before = GC.GetAllocatedBytesForCurrentThread();

        string said = Assert.Throws<DataFileException>(() => ImageFile.Read(path)).Message;

        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_JPEG_whose_header_promises_too_much_costs_no_memory()
    {
        byte[] content = File.ReadAllBytes(Path.Combine(Files, "baseline.jpg"));
        int frame = content.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        ((ReadOnlySpan<byte>)[0xFF, 0x00, 0xFF, 0x00]).CopyTo(content.AsSpan(frame + 5));
        string path = _folder.File("bomb.jpg");
        File.WriteAllBytes(path, content);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("65280 x 65280 pixels", Assert.Throws<DataFileException>(() => ImageFile.Read(path)).Message, StringComparison.Ordinal);
        Assert.Contains("more than the file can hold", Assert.Throws<DataFileException>(() => ImageFile.Read(path, mostPixels: long.MaxValue)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Theory]
    [InlineData("GIF89a", "it is neither PNG nor JPEG: it begins with 47494638")]
    [InlineData("", "it is empty")]
    public void Other_files_are_one_message(string content, string message)
    {
        string path = _folder.File("other.png");
        File.WriteAllText(path, content);

        Assert.Contains(message, Assert.Throws<DataFileException>(() => ImageFile.Read(path)).Message, StringComparison.Ordinal);
        Assert.Contains("it cannot be read", Assert.Throws<DataFileException>(() => ImageFile.Read(_folder.File("none.png"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(20, 30)]
    [InlineData(10, 5)]
    public void A_folder_gives_images_as_torchvision_scales_and_cuts_them(int height, int width)
    {
        Put("one", "a.png", "rgb.png");

        using Batch batch = new ImageFolder(_folder.Path, height, width).Read([0]);

        Assert.Equal([1, 3, height, width], batch.Input.shape);
        PythonReference.Close(Pillow.Numbers("fit", $"{height} {width}"), [.. batch.Input.data<float>().ToArray().Select(value => (double)value)], 2e-6);
    }

    [Fact]
    public void Folders_are_classes_in_order()
    {
        Put("dogs", "b.JPG", "baseline.jpg");
        Put("dogs/more", "a.png", "rgb.png");
        Put("cats", "c.jpeg", "grey.jpg");
        Put("cats", ".hidden.png", "rgb.png");
        File.WriteAllText(_folder.File("cats/readme.txt"), "cats");
        ImageFolder images = new(_folder.Path, 8, 8, channels: 1, means: [0.5], deviations: [0.25]);

        using Batch batch = images.Read([2, 0, 1]);

        Assert.Equal(["cats", "dogs"], images.ClassNames);
        Assert.Equal([_folder.File("cats/c.jpeg"), _folder.File("dogs/b.JPG"), _folder.File("dogs/more/a.png")], Enumerable.Range(0, 3).Select(i => images.File(i)));
        Assert.Equal([1, 0, 1], batch.Target.data<long>().ToArray());
        Assert.Equal([3, 1, 8, 8], batch.Input.shape);
        Assert.InRange(batch.Input.min().item<float>(), -2, 0);
        Assert.InRange(batch.Input.max().item<float>(), 0, 2);
    }

    [Fact]
    public void A_decoder_that_is_missing_says_what_to_install()
    {
        NativeDecoder missing = new("libnone", "Install it: 'apt-get install libnone'.", "libnone.so.99");

        DataFileException error = Assert.Throws<DataFileException>(() => missing.Function("decode", "cat.png"));

        Assert.False(missing.IsThere);
        Assert.Equal("cat.png: it cannot be decoded, as this machine has no libnone. Install it: 'apt-get install libnone'.", error.Message);
    }

    [Fact]
    public void A_damaged_image_is_named_where_its_batch_was_wanted()
    {
        for (int i = 0; i < 20; i++) Put("all", $"{i:00}.png", "rgb.png");
        string damaged = _folder.File("all/13.png");
        File.WriteAllBytes(damaged, File.ReadAllBytes(damaged)[..60]);
        using BatchStream stream = new DataLoader(new ImageFolder(_folder.Path, 8, 8), 5, workers: 3).Epoch(0);
        for (int i = 0; i < 2; i++)
        {
            Assert.True(stream.TryNext(out Batch? batch));
            batch.Dispose();
        }

        DataLoadingException error = Assert.Throws<DataLoadingException>(() => stream.TryNext(out _));

        Assert.StartsWith($"Batch 3 of epoch 1 could not be read, because of {damaged} (sample 13): {damaged}: it is a damaged or truncated PNG file", error.Message, StringComparison.Ordinal);
        Assert.Equal(13, error.Sample);
    }

    [Fact]
    public void A_folder_without_classes_or_images_is_one_message()
    {
        Assert.Contains("it holds no folders", Assert.Throws<DataFileException>(() => new ImageFolder(_folder.Path, 8, 8)).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(_folder.File("empty"));
        Assert.Contains("it holds no images", Assert.Throws<DataFileException>(() => new ImageFolder(_folder.Path, 8, 8)).Message, StringComparison.Ordinal);
        Assert.Contains("it cannot be listed", Assert.Throws<DataFileException>(() => new ImageFolder(_folder.File("none"), 8, 8)).Message, StringComparison.Ordinal);
    }

    private void Put(string folder, string name, string source)
    {
        Directory.CreateDirectory(_folder.File(folder));
        File.Copy(Path.Combine(Files, source), Path.Combine(_folder.File(folder), name));
    }

    private static byte[] Png(int width, int height, byte[] rows)
    {
        using MemoryStream file = new();
        file.Write([0x89, .. "PNG\r\n\u001a\n"u8]);
        Chunk("IHDR", [.. BigEndian(width), .. BigEndian(height), 8, 2, 0, 0, 0]);
        using MemoryStream packed = new();
        using (ZLibStream zip = new(packed, CompressionMode.Compress, leaveOpen: true)) zip.Write(rows);
        Chunk("IDAT", packed.ToArray());
        Chunk("IEND", []);
        return file.ToArray();

        void Chunk(string name, byte[] content)
        {
            byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
            Dlm.Runtime.Files.Crc32 checksum = new();
            checksum.Add(named);
            file.Write([.. BigEndian(content.Length), .. named, .. BigEndian((int)checksum.Value)]);
        }

        static byte[] BigEndian(int number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];
    }
}
