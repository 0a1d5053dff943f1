namespace Dlm.Runtime.Data.Images;

/// <summary>Reads PNG and JPEG files, told apart by content, by the machine's libpng and libjpeg-turbo.</summary>
public static class ImageFile
{
    /// <summary>The most pixels an image has unless more are allowed: 100 million.</summary>
    public const long MostPixels = 100_000_000;

    private const long LongestFile = 1L << 28;

    /// <summary>Decodes a file. Transparency is left away, 16 bits become 8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="channels">1 for grey, 3 for colour, or null for what the file has.</param>
    /// <param name="mostPixels">A larger image is refused before memory is taken for it.</param>
    /// <exception cref="DataFileException">The file is missing, truncated, damaged, too large, or neither PNG nor JPEG.</exception>
    public static Picture Read(string path, int? channels = 3, long mostPixels = MostPixels)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (channels is not (null or 1 or 3)) throw new ArgumentOutOfRangeException(nameof(channels), channels, "A picture has 1 channel or 3.");
        byte[] content = ReadAll(path);
        Picture picture = content switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => PngDecoder.Decode(path, content, mostPixels),
            [0xFF, 0xD8, 0xFF, ..] => JpegDecoder.Decode(path, content, mostPixels),
            [] => throw new DataFileException(path, "it is empty", "Replace it, or take it out of the folder."),
            _ => throw new DataFileException(path, $"it is neither PNG nor JPEG: it begins with {Convert.ToHexStringLower(content.AsSpan(0, Math.Min(4, content.Length)))}", "Convert it, or take it out of the folder."),
        };
        return channels is null ? picture : picture.WithChannels(channels.Value);
    }

    /// <summary>Refuses sizes that are none, that nobody wants, or that so few bytes cannot hold.</summary>
    /// <param name="path">The file.</param>
    /// <param name="width">The width that its header promises.</param>
    /// <param name="height">The height that its header promises.</param>
    /// <param name="mostPixels">The most pixels wanted.</param>
    /// <param name="mostInFile">The most pixels that a file of this length can hold in its format.</param>
    internal static void Check(string path, long width, long height, long mostPixels, long mostInFile)
    {
        if (width <= 0 || height <= 0) throw new DataFileException(path, $"its header promises {width} x {height} pixels", "It is damaged: replace it, or take it out of the folder.");
        if (width * height > mostPixels)
        {
            throw new DataFileException(path, $"its header promises {width} x {height} pixels, and {mostPixels} are the most that is read", "Make it smaller, or allow more (mostPixels).");
        }

        if (width * height > mostInFile)
        {
            throw new DataFileException(path, $"its header promises {width} x {height} pixels, more than the file can hold", "It is truncated or damaged: replace it, or take it out of the folder.");
        }
    }

    private static byte[] ReadAll(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (file.Length > LongestFile) throw new DataFileException(path, $"it has {file.Length} bytes, and an image has at most {LongestFile}", "Take it out of the folder.");
            byte[] content = new byte[file.Length];
            file.ReadExactly(content);
            return content;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, $"it cannot be read ({e.Message.TrimEnd('.')})", "Check the path and its permissions.", e);
        }
    }
}
