using Dlm.Runtime.Data;

namespace Dlm.Runtime.Tests.Data;

public sealed class Cifar10Tests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", false)]
    [InlineData("cifar-10-batches-bin", true)]
    public void Reads_the_files_that_are_there(string below, bool gzip)
    {
        string folder = Directory.CreateDirectory(_folder.File(below)).FullName;
        Write("data_batch_1.bin", 3, 10);
        Write("data_batch_3.bin", 2, 50);
        Write("test_batch.bin", 1, 90);

        LabelledImages training = Cifar10.Load(_folder.Path, train: true), test = Cifar10.Load(_folder.Path, train: false);

        Assert.Equal((5, 3, 32, 32, 10), (training.Count, training.Channels, training.Height, training.Width, training.Classes));
        Assert.Equal([0, 1, 2, 0, 1], Enumerable.Range(0, 5).Select(i => training.Label(i)));
        Assert.Equal(((byte)51, 3072), (training.Image(4)[0], training.Image(4).Length));
        Assert.Equal((1, (byte)90), (test.Count, test.Image(0)[3071]));

        void Write(string name, int count, int first)
        {
            byte[] bytes = [.. Enumerable.Range(0, count).SelectMany(i => Enumerable.Repeat((byte)(first + i), 3072).Prepend((byte)i))];
            File.WriteAllBytes(Path.Combine(folder, gzip ? name + ".gz" : name), gzip ? IdxFiles.Gzip(bytes) : bytes);
        }
    }

    [Fact]
    public void Each_channel_is_normalised_by_its_own_mean_and_deviation()
    {
        byte[] record = [4, .. Enumerable.Repeat((byte)51, 1024), .. Enumerable.Repeat((byte)102, 1024), .. Enumerable.Repeat((byte)255, 1024)];
        File.WriteAllBytes(_folder.File("test_batch.bin"), record);

        using Batch batch = Cifar10.Load(_folder.Path, train: false, means: [0.1, 0.2, 0.5], deviations: [1, 0.5, 0.25]).Read([0]);

        float[] values = batch.Input.ToArray<float>();
        Assert.Equal([0.1, 0.1, 0.4, 0.4, 2, 2], new[] { 0, 1023, 1024, 2047, 2048, 3071 }.Select(i => Math.Round(values[i], 6)));
        Assert.Equal([4], batch.Target.ToArray<long>());
    }

    [Fact]
    public void What_is_amiss_is_named()
    {
        Fails("there is no test_batch.bin (or .gz) in it");
        File.WriteAllBytes(_folder.File("test_batch.bin"), new byte[3072]);
        Fails("its 3072 bytes are no whole number of pictures");
        File.WriteAllBytes(_folder.File("test_batch.bin"), [10, .. new byte[3072]]);
        Fails("label 1 is 10, where classes are 0 to 9");
        File.WriteAllBytes(_folder.File("test_batch.bin"), [0x1f, 0x8b, 8, 0, 1, 2, 3]);
        Fails("");
        Assert.Throws<ArgumentException>(() => new LabelledImages(new byte[12], [0], 3, 2, 2, 10, [0.5], [0.5]));

        void Fails(string problem) => Assert.Contains(problem, Assert.Throws<DataFileException>(() => Cifar10.Load(_folder.Path, train: false)).Message, StringComparison.Ordinal);
    }
}
