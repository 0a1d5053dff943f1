using System.IO.Compression;

namespace Dlm.Runtime.Data;

/// <summary>CIFAR-10: 50,000 small pictures of ten kinds of things to learn from and 10,000 to test with, 32 x 32, colour (Krizhevsky, 2009).</summary>
public static class Cifar10
{
    private const int Channels = 3;
    private const int Side = 32;
    private const int Classes = 10;
    private const int PixelsPerImage = Channels * Side * Side;
    private const int RecordLength = 1 + PixelsPerImage;
    private const int LongestFile = 50_000 * RecordLength;

    /// <summary>What the classes are.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>The mean of each channel of the training images, where white is 1.</summary>
    public static IReadOnlyList<double> Means { get; } = [0.4914, 0.4822, 0.4465];

    /// <summary>Their standard deviations.</summary>
    public static IReadOnlyList<double> Deviations { get; } = [0.2470, 0.2435, 0.2616];

    /// <summary>
    /// Reads the training or the test half from a folder with the files of CIFAR-10's binary version (<c>data_batch_1.bin</c>, ...,
    /// <c>test_batch.bin</c>), gzip or not. Of the training files those are read that are there.
    /// </summary>
    /// <param name="folder">The folder, or one above <c>cifar10</c> or <c>cifar-10-batches-bin</c>.</param>
    /// <param name="train">True for the training images, false for the test images.</param>
    /// <param name="means">What is taken from each channel; without it <see cref="Means"/>.</param>
    /// <param name="deviations">What each channel is divided by; without it <see cref="Deviations"/>.</param>
    /// <exception cref="DataFileException">A file is missing, damaged, or not what its name says.</exception>
    public static LabelledImages Load(string folder, bool train, IReadOnlyList<double>? means = null, IReadOnlyList<double>? deviations = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string[] names = train ? [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin")] : ["test_batch.bin"];
        byte[][] files = [.. Find(folder, names).Select(ReadRecords)];
        int count = files.Sum(file => file.Length / RecordLength);
        (byte[] pixels, byte[] labels) = (new byte[count * PixelsPerImage], new byte[count]);
        int at = 0;
        foreach (byte[] file in files)
        {
            for (int start = 0; start < file.Length; start += RecordLength, at++)
            {
                labels[at] = file[start];
                file.AsSpan(start + 1, PixelsPerImage).CopyTo(pixels.AsSpan(at * PixelsPerImage));
            }
        }

        return new LabelledImages(pixels, labels, Channels, Side, Side, Classes, means ?? Means, deviations ?? Deviations);
    }

    private static string[] Find(string folder, string[] names)
    {
        if (!Directory.Exists(folder)) throw new DataFileException(folder, "there is no such folder", "Give the folder that holds CIFAR-10's binary files.");
        string[] places = [folder, Path.Combine(folder, "cifar10"), Path.Combine(folder, "cifar-10-batches-bin")];
        foreach (string place in places)
        {
            string[] found = [.. names.Select(name => Path.Combine(place, name)).Select(path => File.Exists(path) ? path : path + ".gz").Where(File.Exists)];
            if (found.Length > 0) return found;
        }

        throw new DataFileException(folder, $"there is no {names[0]} (or .gz) in it", "Give the folder that holds CIFAR-10's binary files.");
    }

    private static byte[] ReadRecords(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
            bool zipped = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            using Stream content = zipped ? new GZipStream(file, CompressionMode.Decompress) : file;
            MemoryStream records = new();
            byte[] block = new byte[RecordLength * 64];
            for (int read; (read = content.Read(block)) > 0 && records.Length <= LongestFile;) records.Write(block, 0, read);
            return Checked(path, records.ToArray());
        }
        catch (InvalidDataException e)
        {
            throw new DataFileException(path, "its gzip compression is damaged", "Download it again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, $"it cannot be read ({e.Message.TrimEnd('.')})", "Check the path and its permissions.", e);
        }
    }

    private static byte[] Checked(string path, byte[] records)
    {
        if (records.Length == 0 || records.Length % RecordLength != 0)
        {
            throw new DataFileException(path, $"its {records.Length} bytes are no whole number of pictures, each a label and {PixelsPerImage} pixels", "It is truncated, or not of CIFAR-10's binary version.");
        }

        if (records.Length > LongestFile) throw new DataFileException(path, "it holds more pictures than CIFAR-10 has", "It belongs to another data set.");
        for (int start = 0; start < records.Length; start += RecordLength)
        {
            if (records[start] >= Classes) throw new DataFileException(path, $"label {start / RecordLength + 1} is {records[start]}, where classes are 0 to 9", "It is damaged or belongs to another data set.");
        }

        return records;
    }
}
