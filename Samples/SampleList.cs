using Dlm.Samples.Embedding;
using Dlm.Samples.Generative;
using Dlm.Samples.Language;
using Dlm.Samples.Memory;
using Dlm.Samples.Optimization;
using Dlm.Samples.Reinforcement;
using Dlm.Samples.SelfSupervised;
using Dlm.Samples.Vision;

namespace Dlm.Samples;

/// <summary>Every sample, by field.</summary>
internal static class SampleList
{
    public static IReadOnlyList<(string Field, IReadOnlyList<Sample> Samples)> Fields { get; } =
    [
        ("Vision",
        [
            new PerceptronSample(), new LeNetSample(), CifarSamples.AlexNet, new RecurrentAttentionSample(), CifarSamples.Vgg, CifarSamples.GoogLeNet, new HighwaySample(), new UNetSample(),
            new ResNetSample(), CifarSamples.DenseNet, CifarSamples.MobileNet, CifarSamples.VisionTransformer, new FineTuneSample(), new DistributedSample(),
        ]),
        ("Language",
        [
            new CharacterSample(), new Seq2SeqSample(), new BahdanauSample(), new LuongSample(), new TaggerSample(), new HierarchicalAttentionSample(), new TransformerCopySample(),
            new TransformerSample(), new GptSample(), new BertSample(), new RobertaSample(), new AlbertSample(),
        ]),
        ("Embedding", [new Word2VecSample()]),
        ("Generative", [new AutoencoderSample(), new VaeSample(), new GanSample(), new DcganSample(), new WganSample(), new CycleGanSample()]),
        ("Self-supervised", [new SimClrSample()]),
        ("Reinforcement",
        [
            new ReinforceSample(), new DqnSample(), new CatchSample("catch", "Deep Q-learning", CatchLearner.DeepQ),
            new CatchSample("double-dqn", "Double Q-learning", CatchLearner.DoubleQ), new CatchSample("prioritized-dqn", "Q-learning from a prioritised memory", CatchLearner.PrioritizedQ),
            new CatchSample("dueling-dqn", "A duelling Q-network", CatchLearner.DuelingQ), new ActorCriticSample(), new A3cSample(),
        ]),
        ("Memory", [new NtmSample(), new ActSample()]),
        ("Optimization", [new OptimizersSample()]),
    ];
}
