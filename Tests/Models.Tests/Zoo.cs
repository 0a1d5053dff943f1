using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Dlm.Models.Embedding;
using Dlm.Models.Generative;
using Dlm.Models.Language;
using Dlm.Models.Memory;
using Dlm.Models.Reinforcement;
using Dlm.Models.SelfSupervised;
using Dlm.Models.Vision;
using static TorchSharp.torch;

namespace Dlm.Models.Tests;

/// <summary>A model of the zoo and what it is held against.</summary>
/// <param name="Class">Its class.</param>
/// <param name="Make">Makes it with its default arguments.</param>
/// <param name="Reference">Its reference in Tests/Oracle/references.</param>
/// <param name="Published">Its row in Tests/Oracle/counts.csv, if it has one.</param>
internal sealed record ZooModel(Type Class, Func<nn.Module> Make, string Reference, string? Published)
{
    /// <summary>Whether it is made smaller than by default, because that takes too long here; its own count is what its <c>expect</c> says.</summary>
    public bool IsSmall { get; init; }

    /// <summary>A figure that the compiler wrote into its class.</summary>
    public long Figure(string name) => (long)Class.GetField(name)!.GetRawConstantValue()!;
}

/// <summary>Every model of the zoo, a line each.</summary>
internal static class Zoo
{
    public static readonly ZooModel[] Models =
    [
        Row(() => new ActorCritic(), "actor_critic"),
        Row(() => new Albert(vocab: 100, d: 64, layers: 3, heads: 4, width: 16, context: 32), "albert") with { IsSmall = true },
        Row(() => new AlbertForPreTraining(vocab: 100, d: 64, layers: 3, heads: 4, width: 16, context: 32), "albert_for_pre_training") with { IsSmall = true },
        Row(() => new AlbertForSequenceClassification(classes: 3, vocab: 100, d: 64, layers: 3, heads: 4, width: 16, context: 32), "albert_for_sequence_classification") with { IsSmall = true },
        Row(() => new AdaptiveParity(), "adaptive_parity"),
        Row(() => new AdaptiveRnn(), "adaptive_rnn"),
        Row(() => new AlexNet(), "alexnet", "alexnet"),
        Row(() => new AlexNet2012(), "alexnet2012", "alexnet_2012_grouped"),
        Row(() => new AtariActorCritic(), "atari_actor_critic"),
        Row(() => new Autoencoder(), "autoencoder"),
        Row(() => new Bahdanau(100, 90, width: 12, hidden: 16, maxout: 10), "bahdanau") with { IsSmall = true },
        Row(() => new Bert(vocab: 100, d: 64, layers: 2, heads: 4, context: 32), "bert") with { IsSmall = true },
        Row(() => new BertForPreTraining(vocab: 100, d: 64, layers: 2, heads: 4, context: 32), "bert_for_pre_training") with { IsSmall = true },
        Row(() => new BertForSequenceClassification(classes: 3, vocab: 100, d: 64, layers: 2, heads: 4, context: 32), "bert_for_sequence_classification") with { IsSmall = true },
        Row(() => new Cbow(), "cbow"),
        Row(() => new CifarResNet20(), "cifar_resnet20", "cifar_resnet20_optionA"),
        Row(() => new CifarResNet32(), "cifar_resnet32", "cifar_resnet32_optionA"),
        Row(() => new CifarResNet44(), "cifar_resnet44", "cifar_resnet44_optionA"),
        Row(() => new CifarResNet56(), "cifar_resnet56", "cifar_resnet56_optionA"),
        Row(() => new CifarResNet110(), "cifar_resnet110", "cifar_resnet110_optionA"),
        Row(() => new CifarResNet1202(), "cifar_resnet1202", "cifar_resnet1202_optionA"),
        Row(() => new LuongGlobal(100, 90, width: 16, layers: 2, score: "concat"), "luong_concat") with { IsSmall = true },
        Row(() => new CycleGanGenerator(), "cycle_gan_generator"),
        Row(() => new DcganDiscriminator(), "dcgan_discriminator"),
        Row(() => new DcganDiscriminator32(), "dcgan_discriminator_32"),
        Row(() => new DcganGenerator(), "dcgan_generator"),
        Row(() => new DcganGenerator32(), "dcgan_generator_32"),
        Row(() => new DeepQNetwork(), "deep_q_network"),
        Row(() => new DeepQNetwork2013(), "deep_q_network_2013"),
        Row(() => new DenseNet121(), "densenet121", "densenet121"),
        Row(() => new DenseNet169(), "densenet169"),
        Row(() => new DenseNet201(), "densenet201"),
        Row(() => new LuongGlobal(100, 90, width: 16, layers: 2, score: "dot"), "luong_dot") with { IsSmall = true },
        Row(() => new DuelingDeepQNetwork(), "dueling_deep_q_network"),
        Row(() => new DuelingPixelQNetwork(), "dueling_pixel_q_network"),
        Row(() => new GanDiscriminator(), "gan_discriminator"),
        Row(() => new GanGenerator(), "gan_generator"),
        Row(() => new GoogLeNet(), "googlenet"),
        Row(() => new Gpt(vocab: 100, context: 32, d: 64, layers: 2, heads: 4), "gpt") with { IsSmall = true },
        Row(() => new Gpt2(vocab: 100, context: 32, d: 64, layers: 2, heads: 4), "gpt2") with { IsSmall = true },
        Row(() => new GruLanguageModel(vocab: 100, hidden: 24), "gru_language_model") with { IsSmall = true },
        Row(() => new HierarchicalAttention(vocab: 100, width: 12, hidden: 8), "hierarchical_attention") with { IsSmall = true },
        Row(() => new Highway(), "highway"),
        Row(() => new InceptionV3(), "inception_v3"),
        Row(() => new LeNet5(), "lenet5", "lenet5_32x32"),
        Row(() => new LogisticRegression(), "logistic_regression"),
        Row(() => new LstmLanguageModel(vocab: 100, hidden: 24), "lstm_language_model") with { IsSmall = true },
        Row(() => new LstmTagger(), "lstm_tagger"),
        Row(() => new LuongGlobal(100, 90, width: 16, layers: 2), "luong_general") with { IsSmall = true },
        Row(() => new LuongLocal(100, 90, width: 16, layers: 2, window: 2), "luong_local") with { IsSmall = true },
        Row(() => new MobileNetV2(), "mobilenet_v2", "mobilenet_v2"),
        Row(() => new NeuralTuringMachine(), "neural_turing_machine"),
        Row(() => new Perceptron(), "perceptron"),
        Row(() => new PatchDiscriminator(), "patch_discriminator"),
        Row(() => new PixelQNetwork(), "pixel_q_network"),
        Row(() => new Policy(), "policy"),
        Row(() => new QNetwork(), "q_network"),
        Row(() => new RecurrentAttention(noise: 0), "recurrent_attention"),
        Row(() => new RecurrentAttention(side: 60, glimpses: 2, size: 12, scales: 3, noise: 0), "recurrent_attention_60") with { IsSmall = true },
        Row(() => new ResNet18(), "resnet18", "resnet18"),
        Row(() => new ResNet34(), "resnet34", "resnet34"),
        Row(() => new ResNet50(), "resnet50", "resnet50"),
        Row(() => new ResNet50Features(), "resnet50_features"),
        Row(() => new ResNet101(), "resnet101", "resnet101"),
        Row(() => new ResNet152(), "resnet152", "resnet152"),
        Row(() => new RobertaBase(d: 64, layers: 2, heads: 4), "roberta_base") with { IsSmall = true },
        Row(() => new RobertaForMaskedLM(vocab: 100, d: 64, layers: 2, heads: 4, context: 32), "roberta_for_masked_lm") with { IsSmall = true },
        Row(() => new RobertaForSequenceClassification(classes: 3, vocab: 100, d: 64, layers: 2, heads: 4, context: 32), "roberta_for_sequence_classification") with { IsSmall = true },
        Row(() => new Seq2Seq(100, 90, width: 12, hidden: 16), "seq2seq") with { IsSmall = true },
        Row(() => new SimClrCifar18(), "simclr_cifar18"),
        Row(() => new SimClrCifar50(@base: 16), "simclr_cifar50") with { IsSmall = true },
        Row(() => new SimClrResNet50(), "simclr_resnet50"),
        Row(() => new SkipGram(), "skip_gram"),
        Row(() => new SmallLstmLanguageModel(), "lstm_language_model_small"),
        Row(() => new StateValue(), "state_value"),
        Row(() => new StackedLstm(), "stacked_lstm"),
        Row(() => new Transformer(d: 64, heads: 4, layers: 2, hidden: 128), "transformer") with { IsSmall = true },
        Row(() => new TranslatorDecoder(100, d: 64, heads: 4, layers: 2, hidden: 128, longest: 32), "translator_decoder") with { IsSmall = true },
        Row(() => new TranslatorEncoder(100, d: 64, heads: 4, layers: 2, hidden: 128, longest: 32), "translator_encoder") with { IsSmall = true },
        Row(() => new UNet(), "unet"),
        Row(() => new Vae(), "vae"),
        Row(() => new VaeDecoder(), "vae_decoder"),
        Row(() => new VaeEncoder(), "vae_encoder"),
        Row(() => new Vgg11Bn(hidden: 64), "vgg11_bn_small", "vgg11_bn") with { IsSmall = true },
        Row(() => new Vgg11(hidden: 64), "vgg11_small", "vgg11") with { IsSmall = true },
        Row(() => new Vgg13Bn(hidden: 64), "vgg13_bn_small", "vgg13_bn") with { IsSmall = true },
        Row(() => new Vgg13(hidden: 64), "vgg13_small", "vgg13") with { IsSmall = true },
        Row(() => new Vgg16Bn(hidden: 64), "vgg16_bn_small", "vgg16_bn") with { IsSmall = true },
        Row(() => new Vgg16(hidden: 64), "vgg16_small", "vgg16") with { IsSmall = true },
        Row(() => new Vgg19Bn(hidden: 64), "vgg19_bn_small", "vgg19_bn") with { IsSmall = true },
        Row(() => new Vgg19(hidden: 64), "vgg19_small", "vgg19") with { IsSmall = true },
        Row(() => new VitB32(), "vit_b_32"),
        Row(() => new WganCritic(), "wgan_critic"),
        Row(() => new WganGpCritic(), "wgan_gp_critic"),
    ];

    /// <summary>Members of a family above that no test can make; their counts are what their <c>expect</c> says.</summary>
    public static readonly Type[] TooLarge = [typeof(BertLarge), typeof(Gpt2Medium), typeof(Gpt2Large), typeof(Gpt2Xl), typeof(VitB16), typeof(VitL16)];

    /// <summary>The models by the names of their references.</summary>
    public static TheoryData<string> Names => [.. Models.Select(model => model.Reference)];

    /// <summary>The model of a reference.</summary>
    public static ZooModel Find(string reference) => Models.Single(model => model.Reference == reference);

    /// <summary>Calls a module of any number of inputs and outputs; optional inputs that are not there are left out.</summary>
    public static Tensor[] Call(nn.Module module, Tensor[] inputs)
    {
        var call = module.GetType().GetMethods().Where(method => method.Name == "call").MaxBy(method => method.GetParameters().Length)!;
        object?[] arguments = [.. inputs, .. Enumerable.Repeat<object?>(null, call.GetParameters().Length - inputs.Length)];
        return call.Invoke(module, BindingFlags.DoNotWrapExceptions, null, arguments, CultureInfo.InvariantCulture) switch
        {
            Tensor output => [output],
            ITuple outputs => [.. Enumerable.Range(0, outputs.Length).Select(i => (Tensor)outputs[i]!)],
            var other => throw new NotSupportedException($"{module.GetName()} gives {other}."),
        };
    }

    private static ZooModel Row<T>(Func<T> make, string reference, string? published = null)
        where T : nn.Module => new(typeof(T), make, reference, published);
}
