using System.Runtime.InteropServices;
using Dlm.Runtime.Data.Transforms;
using static TorchSharp.torch;

namespace Dlm.Runtime.Data.Images;

/// <summary>
/// Images of any size in a folder for each class, PNG or JPEG, decoded when they are wanted. Each is scaled until its shorter side fits and cut to its
/// middle. A batch holds "input", float32 [B, channels, height, width], normalised to (pixel / 255 - mean) / deviation, and "target", int64 [B].
/// </summary>
/// <remarks>
/// Classes are numbered by the ordinal order of their folders' names. For other pieces of the images in each epoch, read them somewhat
/// larger and give the loader a <see cref="RandomResizedCrop"/> or <see cref="RandomCrop"/>.
/// </remarks>
public sealed class ImageFolder : IDataset
{
    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".jpe", ".jfif"];

    [ThreadStatic]
    private static Image? _image;

    private readonly string[] _files;
    private readonly int[] _labels;
    private readonly int _height, _width, _channels;
    private readonly Normalize _normalize;

    /// <summary>Lists the images; none is read yet.</summary>
    /// <param name="folder">A folder with a folder for each class, which may hold folders again.</param>
    /// <param name="height">The height all images are brought to.</param>
    /// <param name="width">The width.</param>
    /// <param name="channels">3 for colour, 1 for grey.</param>
    /// <param name="means">What is taken from each channel, where white is 1; without it nothing.</param>
    /// <param name="deviations">What each channel is divided by; without it 1.</param>
    /// <exception cref="DataFileException">There is no such folder, no folder of a class in it, or no image in one of them.</exception>
    public ImageFolder(string folder, int height, int width, int channels = 3, IReadOnlyList<double>? means = null, IReadOnlyList<double>? deviations = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (channels is not (1 or 3)) throw new ArgumentOutOfRangeException(nameof(channels), channels, "Images have 1 channel or 3.");
        (_height, _width, _channels) = (height, width, channels);
        _normalize = new Normalize(means ?? [.. Enumerable.Repeat(0.0, channels)], deviations ?? [.. Enumerable.Repeat(1.0, channels)]);
        string[] classes = List(folder, () => Directory.GetDirectories(folder));
        if (classes.Length == 0) throw new DataFileException(folder, "it holds no folders", "Put the images of each class into a folder of their own, named as the class.");
        string[][] files = [.. classes.Select(Images)];
        ClassNames = [.. classes.Select(path => Path.GetFileName(path))];
        (_files, _labels) = ([.. files.SelectMany(f => f)], [.. files.SelectMany((f, label) => Enumerable.Repeat(label, f.Length))]);
    }

    /// <inheritdoc/>
    public long Count => _files.Length;

    /// <inheritdoc/>
    public string SampleNoun => "images";

    /// <summary>What the classes are: their folders' names.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The class of each image, such as <see cref="WeightedSampler.Balanced"/> needs.</summary>
    public IReadOnlyList<int> Labels => _labels;

    /// <summary>The path of an image.</summary>
    public string File(long index) => _files[index];

    /// <inheritdoc/>
    public string SampleName(long index) => _files[index];

    /// <inheritdoc/>
    /// <exception cref="DataFileException">A file is no image, or a damaged one.</exception>
    public Batch Read(ReadOnlySpan<long> indices)
    {
        Tensor input = empty([indices.Length, _channels, _height, _width]), target = empty([indices.Length], dtype: ScalarType.Int64);
        Span<float> values = MemoryMarshal.Cast<byte, float>(input.bytes);
        Span<long> labels = MemoryMarshal.Cast<byte, long>(target.bytes);
        Image image = _image ??= new Image();
        for (int i = 0; i < indices.Length; i++)
        {
            Fill(image, ImageFile.Read(_files[indices[i]], _channels));
            Fit(image);
            _normalize.Apply(image);
            image.Values.CopyTo(values[(i * image.Values.Length)..]);
            labels[i] = _labels[indices[i]];
        }

        return new Batch(indices, (Batch.InputName, input), (Batch.TargetName, target));
    }

    private static void Fill(Image image, Picture picture)
    {
        Span<float> values = image.Replace(picture.Channels, picture.Height, picture.Width);
        for (int i = 0, at = 0; i < image.Area; i++)
        {
            for (int channel = 0; channel < picture.Channels; channel++) values[channel * image.Area + i] = picture.Pixels[at++] / 255f;
        }
    }

    // As torchvision's Resize and CenterCrop: the longer side keeps its proportion, rounded down.
    private void Fit(Image image)
    {
        double scale = Math.Max((double)_height / image.Height, (double)_width / image.Width);
        Resize.To(image, Math.Max(_height, (int)(image.Height * scale + 1e-9)), Math.Max(_width, (int)(image.Width * scale + 1e-9)));
        CenterCrop.To(image, _height, _width);
    }

    private static string[] Images(string folder)
    {
        EnumerationOptions everywhere = new() { RecurseSubdirectories = true, MaxRecursionDepth = 16 };
        string[] files = List(folder, () => [.. Directory.EnumerateFiles(folder, "*", everywhere).Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))]);
        return files.Length > 0 ? files : throw new DataFileException(folder, $"it holds no images ({string.Join(", ", Endings)})", "Put images of the class into it, or take it away.");
    }

    private static string[] List(string folder, Func<string[]> list)
    {
        try
        {
            return [.. list().Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(folder, $"it cannot be listed ({e.Message.TrimEnd('.')})", "Give a folder that holds a folder for each class.", e);
        }
    }
}
