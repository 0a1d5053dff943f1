using static Dlm.Zoo.HandWritten;

namespace Dlm.Zoo.Systems;

internal static class GenerativeSystems
{
    public static IReadOnlyList<ZooSystem> All { get; } =
    [
        new("autoencoder", "Autoencoder, denoising", "Generative/Autoencoder.dlm", ["Autoencoder"], ["autoencoder"])
        {
            Paper = "Hinton, Salakhutdinov, *Reducing the dimensionality of data with neural networks*, 2006; Vincent and others, *Extracting and composing robust features with denoising autoencoders*, 2008",
            About = "Through a narrow place and back; with part of the picture removed it learns to restore it.",
            Reference = "generative.py Autoencoder",
        },
        new("vae", "Variational autoencoder", "Generative/Autoencoder.dlm", ["Vae", "VaeEncoder", "VaeDecoder"], ["vae"])
        {
            Paper = "Kingma, Welling, *Auto-encoding variational Bayes*, 2013",
            About = "An encoder says a distribution, a decoder paints what is drawn from it.",
            ByHand = [InPyTorch(22, "PyTorch's examples, vae")],
            Reference = "generative.py Vae",
            Compared = 1,
        },
        new("gan", "Generative adversarial network", "Generative/Gan.dlm", ["GanGenerator", "GanDiscriminator"], ["gan"])
        {
            Paper = "Goodfellow and others, *Generative adversarial nets*, 2014",
            About = "One network paints, another tells its paintings from real ones; both learn from that.",
            ByHand = [InPyTorch(36, "PyTorch-GAN, gan.py")],
            Reference = "generative.py GanGenerator GanDiscriminator",
        },
        new("dcgan", "DCGAN", "Generative/Dcgan.dlm", ["DcganGenerator", "DcganDiscriminator", "DcganGenerator32", "DcganDiscriminator32"], ["dcgan"])
        {
            Paper = "Radford, Metz, Chintala, *Unsupervised representation learning with deep convolutional generative adversarial networks*, 2015",
            About = "The same game with convolutions, at 64 x 64 as in the paper and at 32 x 32 for digits.",
            ByHand = [InPyTorch(58, "PyTorch's examples, dcgan")],
            Reference = "generative.py DcganGenerator DcganDiscriminator DcganGenerator32 DcganDiscriminator32",
            Compared = 2,
            Objectives = ["DcganGame", "DcganGame32"],
        },
        new("wgan", "Wasserstein GAN", "Generative/Wgan.dlm", ["WganCritic", "WganGpCritic"], ["wgan"])
        {
            Paper = "Arjovsky, Chintala, Bottou, *Wasserstein GAN*, 2017; Gulrajani and others, *Improved training of Wasserstein GANs*, 2017",
            About = "A critic measures how far the paintings are from the real ones: its weights are clipped, or its gradient is kept near one.",
            ByHand = [InPyTorch(51, "PyTorch-GAN, wgan_gp.py, with perceptrons")],
            Compared = 1,
        },
        new("cyclegan", "CycleGAN", "Generative/CycleGan.dlm", ["CycleGanGenerator H=256 W=256", "PatchDiscriminator H=256 W=256"], ["cyclegan"])
        {
            Paper = "Zhu, Park, Isola, Efros, *Unpaired image-to-image translation using cycle-consistent adversarial networks*, 2017",
            About = "From one kind of picture to another and back, learned without pairs.",
            ByHand = [InPyTorch(70, "PyTorch-GAN, cyclegan/models.py")],
            Reference = "generative.py CycleGanGenerator PatchDiscriminator",
        },
    ];
}
