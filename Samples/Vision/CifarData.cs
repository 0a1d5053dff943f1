using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Transforms;

namespace Dlm.Samples.Vision;

/// <summary>CIFAR-10 as the samples read it: some of the images to learn from, turned and shifted anew each time, and some to test with.</summary>
/// <param name="Training">To learn from.</param>
/// <param name="Test">To test with.</param>
internal sealed record CifarData(DataLoader Training, DataLoader Test)
{
    /// <summary>What <c>--data</c> names.</summary>
    public const string Option = "A folder with CIFAR-10's binary files, or one with a folder cifar10. Without it: DLM_DATA.";

    private const string Repair = "Download CIFAR-10's binary version from https://www.cs.toronto.edu/~kriz/cifar.html and unpack it.";
    private const int Border = 4; // He et al., 2015, section 4.2

    /// <summary>The folder of the files.</summary>
    public static string Folder(string? folder) => DataFolder.Require(folder, "cifar10", Repair);

    /// <summary>Finds the images and puts them into batches.</summary>
    /// <param name="folder">What the command line says.</param>
    /// <param name="images">How many to learn from at most.</param>
    /// <param name="tested">How many to test with at most.</param>
    /// <param name="batch">How many a step learns from.</param>
    /// <param name="side">How high and wide they are made.</param>
    /// <param name="seed">Where chance begins.</param>
    public static CifarData Find(string? folder, long images, long tested, int batch, int side, ulong seed)
    {
        string found = Folder(folder);
        LabelledImages training = Cifar10.Load(found, train: true), test = Cifar10.Load(found, train: false);
        Resize[] resize = side == training.Width ? [] : [new Resize(side)];
        return new CifarData(
            new DataLoader(
                training, batch, new ShuffledSampler(Math.Min(images, training.Count), seed), dropLast: true,
                transform: new Augmentation(seed, [new RandomCrop(training.Width, Border), new HorizontalFlip(), .. resize])),
            new DataLoader(test, 250, new SequentialSampler(Math.Min(tested, test.Count)), transform: new Augmentation(seed, [.. resize])));
    }
}
