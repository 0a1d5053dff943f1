namespace Dlm.Runtime.Data;

/// <summary>MNIST: 60,000 handwritten digits to learn from and 10,000 to test with, 28 x 28, grey (LeCun et al., 1998).</summary>
public static class Mnist
{
    /// <summary>The mean of the training images, where white is 1.</summary>
    public const double Mean = 0.1307;

    /// <summary>Their standard deviation.</summary>
    public const double Deviation = 0.3081;

    private const int Digits = 10;

    /// <summary>
    /// Reads the training or the test half from a folder with MNIST's IDX files under their usual names
    /// (<c>train-images-idx3-ubyte</c>, <c>t10k-labels.idx1-ubyte.gz</c>, ...), gzip or not.
    /// </summary>
    /// <param name="folder">The folder, or one above <c>mnist</c> or above torchvision's <c>MNIST/raw</c>.</param>
    /// <param name="train">True for the training images, false for the test images.</param>
    /// <exception cref="DataFileException">A file is missing, damaged, or not what its name says.</exception>
    public static LabelledImages Load(string folder, bool train)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string part = train ? "train" : "t10k";
        string imagesPath = Find(folder, part, "images", 3);
        string labelsPath = Find(folder, part, "labels", 1);

        IdxArray labels = IdxFile.Read(labelsPath);
        if (labels.Shape.Length != 1) throw Mislabelled(labelsPath, labels, "labels have one dimension");
        int wrong = labels.Values.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(Digits - 1));
        if (wrong >= 0)
        {
            throw new DataFileException(labelsPath, $"label {wrong + 1} is {labels.Values[wrong]}, where digits are 0 to 9", "It is damaged or belongs to another data set.");
        }

        IdxArray images = IdxFile.Read(imagesPath);
        if (images.Shape.Length != 3) throw Mislabelled(imagesPath, images, "images have three dimensions (count x height x width)");
        if (images.Shape[0] != labels.Shape[0])
        {
            throw new DataFileException(
                imagesPath,
                $"it holds {images.Shape[0]} images, and {Path.GetFileName(labelsPath)} beside it holds {labels.Shape[0]} labels",
                "The two must come from the same half of the data set.");
        }

        if (images.Shape[0] == 0) throw new DataFileException(imagesPath, "it holds no images", "Download it again.");
        return new LabelledImages(images.Values, labels.Values, 1, images.Shape[1], images.Shape[2], Digits, Mean, Deviation);
    }

    /// <summary>The names under which a file of MNIST is found in the wild, the plain ones first.</summary>
    private static IEnumerable<string> Names(string part, string kind, int rank) =>
        from ending in (string[])["", ".gz"]
        from dash in (string[])["-", "."]
        select $"{part}-{kind}{dash}idx{rank}-ubyte{ending}";

    private static string Find(string folder, string part, string kind, int rank)
    {
        if (!Directory.Exists(folder))
        {
            throw new DataFileException(folder, "there is no such folder", "Give the folder that holds MNIST's four IDX files.");
        }

        string[] places = [folder, Path.Combine(folder, "mnist"), Path.Combine(folder, "raw"), Path.Combine(folder, "MNIST", "raw")];
        return places.SelectMany(place => Names(part, kind, rank).Select(name => Path.Combine(place, name))).FirstOrDefault(File.Exists)
            ?? throw new DataFileException(
                folder,
                $"there is no {Names(part, kind, rank).First()} (or .gz) in it",
                "Give the folder that holds MNIST's four IDX files.");
    }

    private static DataFileException Mislabelled(string path, IdxArray found, string expected) =>
        new(
            path,
            $"it holds {string.Join(" x ", found.Shape)} values, where {expected}",
            found.Shape.Length is 1 or 3 ? "Images and labels look swapped: give each file its own name back." : "It belongs to another data set.");
}
