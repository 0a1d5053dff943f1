using static Dlm.Zoo.HandWritten;

namespace Dlm.Zoo.Systems;

internal static class VisionSystems
{
    public static IReadOnlyList<ZooSystem> All { get; } =
    [
        new("logistic-regression", "Logistic regression", "Vision/Perceptron.dlm", ["LogisticRegression"], ["perceptron"])
        {
            Paper = "Nielsen, *Neural Networks and Deep Learning*, 2015",
            About = "One linear layer from pixels to classes: what everything else is measured against.",
            Reference = "modules.py LogisticRegression",
        },
        new("perceptron", "Multilayer perceptron", "Vision/Perceptron.dlm", ["Perceptron"], ["perceptron"])
        {
            Paper = "Rumelhart, Hinton, Williams, *Learning representations by back-propagating errors*, 1986; Nielsen, *Neural Networks and Deep Learning*, 2015",
            About = "784-128-10: one hidden layer.",
            Reference = "modules.py Perceptron",
            OwnFigure = 1,
        },
        new("lenet5", "LeNet-5", "Vision/LeNet5.dlm", ["LeNet5"], ["lenet"])
        {
            Paper = "LeCun, Bottou, Bengio, Haffner, *Gradient-based learning applied to document recognition*, 1998",
            About = "Convolution, subsampling, convolution, subsampling, three fully connected layers.",
            ByHand = [InTorchSharp(38, "TorchSharpExamples, MNIST.cs, a smaller network")],
            Reference = "modules.py LeNet5",
        },
        new("alexnet", "AlexNet", "Vision/AlexNet.dlm", ["AlexNet", "AlexNet2012"], ["alexnet"])
        {
            Paper = "Krizhevsky, Sutskever, Hinton, *ImageNet classification with deep convolutional neural networks*, 2012; Krizhevsky, *One weird trick*, 2014",
            About = "Two networks: the one of 2014 that everybody means, and the grouped one of the paper with local response normalisation, whose halves sat on two GPUs.",
            ByHand = [InPyTorch(35, "torchvision, AlexNet"), InTorchSharp(55, "TorchSharp, torchvision port")],
            Compared = 1,
        },
        new("highway", "Highway network", "Vision/Highway.dlm", ["Highway"], ["highway"])
        {
            Paper = "Srivastava, Greff, Schmidhuber, *Highway networks*, 2015",
            About = "Gates decide at each layer how much is transformed and how much carried on; depth no longer hinders learning.",
            Reference = "modules.py Highway",
        },
        new("vgg", "VGG", "Vision/Vgg.dlm", ["Vgg16", "Vgg11", "Vgg13", "Vgg19", "Vgg11Bn", "Vgg13Bn", "Vgg16Bn", "Vgg19Bn"], ["vgg"])
        {
            Paper = "Simonyan, Zisserman, *Very deep convolutional networks for large-scale image recognition*, 2015",
            About = "Nothing but 3x3 convolutions, 11 to 19 layers deep, with and without batch normalisation.",
            ByHand = [InPyTorch(56, "torchvision, VGG, make_layers and cfgs"), InTorchSharp(95, "TorchSharp, torchvision port")],
        },
        new("googlenet", "GoogLeNet", "Vision/GoogLeNet.dlm", ["GoogLeNet"], ["googlenet"])
        {
            Paper = "Szegedy and others, *Going deeper with convolutions*, 2015",
            About = "Inception blocks look at four scales at once; two auxiliary heads help the early layers to learn. As in torchvision, the 5x5 branch is 3x3 and layers are batch-normalised.",
            ByHand = [InPyTorch(185, "torchvision, four classes"), InTorchSharp(142, "TorchSharp, torchvision port")],
        },
        new("inception", "Inception v3", "Vision/InceptionV3.dlm", ["InceptionV3"], [])
        {
            Paper = "Szegedy and others, *Rethinking the Inception architecture for computer vision*, 2016",
            About = "Convolutions factorised into rows and columns. It takes images of 299 x 299 and nothing smaller, too much for a sample of minutes on two cores.",
            ByHand = [InPyTorch(288, "torchvision, eight classes"), InTorchSharp(157, "TorchSharp, torchvision port")],
        },
        new("resnet", "ResNet", "Vision/ResNet.dlm", ["ResNet18", "ResNet34", "ResNet50", "ResNet101", "ResNet152"], ["finetune"])
        {
            Paper = "He, Zhang, Ren, Sun, *Deep residual learning for image recognition*, 2016",
            About = "Shortcuts let gradients pass. These are the networks for ImageNet, with the stride in the 3x3 convolution (v1.5) as torchvision has them.",
            ByHand = [InPyTorch(196, "torchvision, ResNet and its blocks"), InTorchSharp(175, "TorchSharp's ResNet example"), InTorchSharp(270, "TorchSharp, torchvision port")],
        },
        new("cifar-resnet", "ResNet for CIFAR-10", "Vision/CifarResNet.dlm", ["CifarResNet20 H=32 W=32", "CifarResNet32 H=32 W=32", "CifarResNet44 H=32 W=32", "CifarResNet56 H=32 W=32", "CifarResNet110 H=32 W=32", "CifarResNet1202 H=32 W=32"], ["resnet"])
        {
            Paper = "He, Zhang, Ren, Sun, *Deep residual learning for image recognition*, 2016, section 4.2",
            About = "6n+2 layers with shortcuts that pad with zeros (option A).",
            ByHand = [InPyTorch(76, "akamaster/pytorch_resnet_cifar10, resnet.py")],
            Reference = "modules.py CifarResNet",
        },
        new("densenet", "DenseNet", "Vision/DenseNet.dlm", ["DenseNet121", "DenseNet169", "DenseNet201"], ["densenet"])
        {
            Paper = "Huang, Liu, van der Maaten, Weinberger, *Densely connected convolutional networks*, 2017",
            About = "Every layer sees what all before it made.",
            ByHand = [InPyTorch(138, "torchvision, four classes")],
        },
        new("mobilenet", "MobileNet v2", "Vision/MobileNetV2.dlm", ["MobileNetV2"], ["mobilenet"])
        {
            Paper = "Sandler and others, *MobileNetV2: inverted residuals and linear bottlenecks*, 2018",
            About = "Depthwise convolutions between narrow layers.",
            ByHand = [InPyTorch(112, "torchvision, two classes"), InTorchSharp(171, "TorchSharp, torchvision port")],
        },
        new("unet", "U-Net", "Vision/UNet.dlm", ["UNet H=256 W=256"], ["unet"])
        {
            Paper = "Ronneberger, Fischer, Brox, *U-Net: convolutional networks for biomedical image segmentation*, 2015",
            About = "Down to the meaning, up again to the place, with a bridge at each size.",
            ByHand = [InPyTorch(87, "milesial/Pytorch-UNet, five classes")],
            Reference = "modules.py UNet",
        },
        new("vit", "Vision Transformer", "Vision/VisionTransformer.dlm", ["VitB16", "VitB32", "VitL16"], ["vit"])
        {
            Paper = "Dosovitskiy and others, *An image is worth 16x16 words*, 2021",
            About = "Patches of an image as the words of a Transformer.",
            ByHand = [InPyTorch(205, "torchvision, four classes")],
        },
        new("recurrent-attention", "Recurrent visual attention", "Vision/RecurrentAttention.dlm", ["RecurrentAttention"], ["recurrent-attention"])
        {
            Paper = "Mnih, Heess, Graves, Kavukcuoglu, *Recurrent models of visual attention*, 2014",
            About = "Looks at a few small pieces of an image, and learns by reinforcement where to look next.",
            ByHand = [InPyTorch(113, "kevinzakka/recurrent-visual-attention, seven classes")],
            Reference = "memory.py RecurrentAttention",
        },
    ];
}
