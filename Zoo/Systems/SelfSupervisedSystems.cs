namespace Dlm.Zoo.Systems;

internal static class SelfSupervisedSystems
{
    public static IReadOnlyList<ZooSystem> All { get; } =
    [
        new("simclr", "SimCLR", "SelfSupervised/SimClr.dlm", ["SimClrResNet50 H=224 W=224", "ResNet50Features H=224 W=224", "SimClrCifar18 H=32 W=32", "SimClrCifar50 H=32 W=32"], ["simclr"])
        {
            Paper = "Chen, Kornblith, Norouzi, Hinton, *A simple framework for contrastive learning of visual representations*, 2020",
            About = "Two views of one picture should look alike, those of others not: features without labels. The reference of the tests inherits torchvision's ResNet; the .dlm lines count the blocks.",
            Reference = "selfsupervised.py SimClr",
        },
    ];
}
