using Dlm.Models.Embedding;
using Dlm.Models.Generative;
using Dlm.Models.Language;
using Dlm.Models.Reinforcement;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Models.Tests;

/// <summary>The zoo's other objectives, on networks that are small: steps along one batch make its loss smaller, and every figure stays finite.</summary>
[Collection(Chance.Alone)]
public sealed class LearningTests
{
    public static TheoryData<string> Names =>
        ["reconstruction", "dcgan", "wgan", "wgan_gp", "cycle_gan", "skip_gram", "cbow", "bert", "bert_fine_tuning", "double_q", "reinforce", "baseline", "actor_critic"];

    [Theory, MemberData(nameof(Names))]
    public void ABatchIsLearnt(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var step = Make(name);
        var losses = new double[12];
        for (var i = 0; i < losses.Length; i++)
        {
            using var inner = NewDisposeScope();
            var figures = step().Select(figure => (double)figure.item<float>()).ToArray();
            Assert.All(figures, figure => Assert.True(double.IsFinite(figure)));
            losses[i] = figures[0];
        }
        Assert.True(losses[^3..].Average() < losses[..3].Average(), string.Join(", ", losses));
    }

    private static Func<Tensor[]> Make(string name)
    {
        switch (name)
        {
            case "reconstruction":
                Autoencoder autoencoder = new();
                Reconstruction reconstruction = new(autoencoder, new Adam(autoencoder), removed: 0.3);
                var digits = rand(4, 1, 28, 28);
                return () => [reconstruction.Step(digits).Loss];
            case "dcgan":
                var (generator, discriminator) = (new DcganGenerator32(width: 4), new DcganDiscriminator32(width: 4));
                DcganGame32 game = new(generator, discriminator, new Adam(generator, 2e-4, 0.5), new Adam(discriminator, 2e-3, 0.5));
                var images = rand(8, 1, 32, 32);
                return () => game.Step(images) is var measured ? [measured.Discriminator, measured.Generator, measured.RealSeen, measured.FakeSeen] : [];
            case "wgan":
                var (maker, critic) = (new DcganGenerator32(width: 4), new WganCritic(width: 4));
                Wgan wasserstein = new(maker, critic, new RmsProp(maker, 5e-5), new RmsProp(critic, 5e-4), clip: 0.05);
                var real = rand(8, 1, 32, 32);
                return () => wasserstein.Step(real) is var measured ? [measured.Critic, measured.Generator] : [];
            case "wgan_gp":
                var (painter, judge) = (new DcganGenerator32(width: 4), new WganGpCritic(width: 4));
                WganGp penalized = new(painter, judge, new Adam(painter, 1e-4, 0, 0.9), new Adam(judge, 1e-3, 0, 0.9));
                var paintings = rand(8, 1, 32, 32);
                return () => penalized.Step(paintings) is var measured ? [measured.Critic, measured.Generator, measured.DistanceMoved] : [];
            case "cycle_gan":
                var (there, back) = (new CycleGanGenerator(1, 4), new CycleGanGenerator(1, 4));
                var (judgeA, judgeB) = (new PatchDiscriminator(1, 4), new PatchDiscriminator(1, 4));
                CycleGame cycle = new(there, back, judgeA, judgeB, new Adam(there, 2e-3, 0.5), new Adam(back, 2e-3, 0.5), new Adam(judgeA, 2e-4, 0.5), new Adam(judgeB, 2e-4, 0.5));
                var (a, b) = (rand(2, 1, 32, 32), rand(2, 1, 32, 32) - 1);
                return () => cycle.Step(a, b) is var measured ? [measured.ThereBack, measured.JudgeA, measured.JudgeB] : [];
            case "skip_gram":
                SkipGram words = new(vocab: 50, width: 8);
                SkipGramSampling sampling = new(words, new Adam(words, 0.05));
                var (center, context, negatives) = (randint(0, 50, 16), randint(0, 50, 16), randint(0, 50, [16, 5]));
                return () => [sampling.Step(center, context, negatives).Loss];
            case "cbow":
                Cbow bag = new(vocab: 50, width: 8);
                CbowSampling bags = new(bag, new Adam(bag, 0.05));
                var (around, between, others) = (randint(0, 50, [16, 4]), randint(0, 50, 16), randint(0, 50, [16, 5]));
                var some = rand(16, 4) < 0.8;
                return () => [bags.Step(around, between, others, some).Loss];
            case "bert":
                BertForPreTraining bert = new(vocab: 40, d: 16, layers: 2, heads: 2, context: 12);
                BertPreTraining pretraining = new(bert, new AdamW(bert, 5e-3));
                var (text, segment, mask) = Sentences();
                var targets = where(rand(4, 12) < 0.3, text, tensor(-100L));
                targets[.., 0] = 7; // one of each sentence is masked at least
                var follows = randint(0, 2, 4);
                return () => pretraining.Step(text, segment, mask, targets, follows) is var measured ? [measured.Loss, measured.NextAccuracy] : [];
            case "bert_fine_tuning":
                BertForSequenceClassification classifier = new(vocab: 40, d: 16, layers: 2, heads: 2, context: 12);
                BertFineTuning tuning = new(classifier, new AdamW(classifier, 5e-3));
                var (sentences, segments, there2) = Sentences();
                var label = randint(0, 2, 4);
                return () => tuning.Step(sentences, segments, there2, label) is var measured ? [measured.Loss, measured.Accuracy] : [];
            case "double_q":
                var (q, target) = (new QNetwork(), new QNetwork());
                DoubleDeepQ learning = new(q, target, new Adam(q), stay: 0.9);
                var (state, next, action, reward, done) = (randn(8, 4), randn(8, 4), randint(0, 2, 8), ones(8), rand(8) < 0.5);
                return () => learning.Step(state, action, reward, next, done) is var measured ? [measured.Loss, measured.Expected] : [];
            case "reinforce":
                Policy policy = new();
                Reinforce reinforce = new(policy, new Adam(policy, 0.01), momentum: 0.5);
                var (seen, taken, gain) = (randn(8, 4), randint(0, 2, 8), rand(8));
                return () => [reinforce.Step(seen, taken, gain).Loss];
            case "baseline":
                var (chooser, baseline) = (new Policy(), new StateValue());
                ReinforceWithBaseline based = new(chooser, baseline, new Adam(chooser), new Adam(baseline, 0.01));
                var (states, actions, gains) = (randn(8, 4), randint(0, 2, 8), rand(8));
                return () => based.Step(states, actions, gains) is var measured ? [measured.Baseline, measured.Policy] : [];
            default:
                ActorCritic net = new();
                AdvantageActorCritic advantage = new(net, new Adam(net, 0.01), value_weight: 2);
                var (where1, what, worth) = (randn(8, 4), randint(0, 2, 8), rand(8) + 1);
                return () => advantage.Step(where1, what, worth) is var measured ? [measured.Loss, measured.PolicyEntropy] : [];
        }
    }

    private static (Tensor Words, Tensor Segment, Tensor Mask) Sentences() =>
        (randint(0, 40, [4, 12]), (arange(12) > 6).to(int64).expand(4, 12), (arange(12) < 10).expand(4, 12));
}
