using Dlm.Runtime.Data;

namespace Dlm.Runtime.Tests.Data;

public sealed class MnistTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-", false)]
    [InlineData("-", true)]
    [InlineData(".", false)]
    [InlineData(".", true)]
    public void Finds_the_files_by_their_usual_names(string dash, bool gzip)
    {
        IdxFiles.WriteMnist(_folder.Path, 12, dash, gzip);

        LabelledImages images = Mnist.Load(_folder.Path, train: true);

        Assert.Equal((12, 1, 2, 3, 10), (images.Count, images.Channels, images.Height, images.Width, images.Classes));
        Assert.Equal([11, 11, 11, 11, 11, 11], images.Image(11).ToArray());
        Assert.Equal(1, images.Label(11));
    }

    [Fact]
    public void Finds_the_files_where_torchvision_puts_them()
    {
        string raw = Directory.CreateDirectory(_folder.File("MNIST/raw")).FullName;
        IdxFiles.WriteMnist(raw, 3);

        Assert.Equal(3, Mnist.Load(_folder.Path, train: false).Count);
    }

    [Fact]
    public void A_batch_is_normalised_floats_and_labels()
    {
        IdxFiles.WriteMnist(_folder.Path, 20);

        using Batch batch = Mnist.Load(_folder.Path, train: true).Read([19, 0, 7]);

        Assert.Equal([19, 0, 7], batch.Indices);
        Assert.Equal([3, 1, 2, 3], batch.Input.shape);
        Assert.Equal([9, 0, 7], batch.Target.ToArray<long>());
        float[] values = batch.Input.ToArray<float>();
        Assert.Equal((19 / 255.0 - 0.1307) / 0.3081, values[0], 1e-6);
        Assert.Equal((7 / 255.0 - 0.1307) / 0.3081, values[17], 1e-6);
    }

    [Fact]
    public void A_missing_folder_and_a_missing_file_are_named()
    {
        Fails(_folder.File("nowhere"), "there is no such folder");
        IdxFiles.WriteMnist(_folder.Path, 3);
        File.Delete(_folder.File("train-labels-idx1-ubyte"));
        Fails(_folder.Path, "there is no train-labels-idx1-ubyte (or .gz) in it");
    }

    [Fact]
    public void Swapped_images_and_labels_are_told_apart()
    {
        IdxFiles.WriteMnist(_folder.Path, 3);
        File.Copy(_folder.File("train-images-idx3-ubyte"), _folder.File("train-labels-idx1-ubyte"), overwrite: true);
        Fails(_folder.Path, "train-labels-idx1-ubyte: it holds 3 x 2 x 3 values, where labels have one dimension", "look swapped");

        IdxFiles.WriteMnist(_folder.Path, 3);
        File.Copy(_folder.File("train-labels-idx1-ubyte"), _folder.File("train-images-idx3-ubyte"), overwrite: true);
        Fails(_folder.Path, "train-images-idx3-ubyte: it holds 3 values, where images have three dimensions", "look swapped");
    }

    [Fact]
    public void Labels_that_are_no_digits_are_refused()
    {
        IdxFiles.WriteMnist(_folder.Path, 3);
        File.WriteAllBytes(_folder.File("train-labels-idx1-ubyte"), IdxFiles.Bytes([3], [1, 12, 3]));
        Fails(_folder.Path, "label 2 is 12, where digits are 0 to 9");
    }

    [Fact]
    public void Images_and_labels_of_different_count_are_refused()
    {
        IdxFiles.WriteMnist(_folder.Path, 3);
        File.WriteAllBytes(_folder.File("train-labels-idx1-ubyte"), IdxFiles.Bytes([2], [1, 2]));
        Fails(_folder.Path, "it holds 3 images, and train-labels-idx1-ubyte beside it holds 2 labels");
    }

    private static void Fails(string folder, params string[] parts)
    {
        DataFileException error = Assert.Throws<DataFileException>(() => Mnist.Load(folder, train: true));
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
