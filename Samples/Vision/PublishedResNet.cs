using Dlm.Runtime.Data;

namespace Dlm.Samples.Vision;

/// <summary>The weights of a ResNet-20 that others trained on CIFAR-10.</summary>
internal static class PublishedResNet
{
    /// <summary>What <c>--weights</c> names.</summary>
    public const string Option = $"{Name} of akamaster/pytorch_resnet_cifar10. Without it: in DLM_DATA/weights, else a download.";

    private const string Name = "resnet20-12fca82f.th";

    private static readonly Download Published = new(
        [new("https://github.com/akamaster/pytorch_resnet_cifar10/raw/master/pretrained_models/")],
        [new(Name, "12fca82f0bebc4135bf1f32f6e3710e61d5108578464b84fd6d7f5c1b04036c8")]);

    /// <summary>The file: in the folder that the command line names, in that of DLM_DATA, or downloaded once.</summary>
    public static string Find(string? data)
    {
        if (DataFolder.Find(data, "weights") is { } folder && Path.Combine(folder, Name) is var local && File.Exists(local)) return local;
        string cache = Download.CacheFolder("weights");
        Published.FetchInto(cache);
        return Path.Combine(cache, Name);
    }
}
