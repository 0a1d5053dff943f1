using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Drawn;
using Dlm.Runtime.Data.Transforms;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Data;

/// <summary>Transforms on whole batches, as the loader runs them.</summary>
public sealed class AugmentationTests
{
    private static readonly LabelledImages Digits = DrawnDigits.Draw(200, seed: 1).WithoutNormalizing();

    [Fact]
    public void Neither_worker_nor_batch_nor_start_changes_what_becomes_of_a_sample()
    {
        Dictionary<long, string> one = Epoch(new DataLoader(Digits, 10, transform: Everything(seed: 3)), epoch: 2);
        Dictionary<long, string> many = Epoch(new DataLoader(Digits, 16, new ShuffledSampler(200, 5), workers: 3, transform: Everything(seed: 3)), epoch: 2);
        Dictionary<long, string> resumed = Epoch(new DataLoader(Digits, 10, workers: 0, transform: Everything(seed: 3)), epoch: 2, firstBatch: 7);

        Assert.Equal(200, one.Count);
        Assert.All(one, sample => Assert.Equal(sample.Value, many[sample.Key]));
        Assert.Equal(130, resumed.Count);
        Assert.All(resumed, sample => Assert.Equal(sample.Value, one[sample.Key]));
    }

    [Fact]
    public void Another_epoch_and_another_seed_change_samples_otherwise()
    {
        Dictionary<long, string> first = Epoch(new DataLoader(Digits, 10, transform: Everything(seed: 3)), epoch: 0);
        Dictionary<long, string> later = Epoch(new DataLoader(Digits, 10, transform: Everything(seed: 3)), epoch: 1);
        Dictionary<long, string> seeded = Epoch(new DataLoader(Digits, 10, transform: Everything(seed: 4)), epoch: 0);

        Assert.DoesNotContain(first, sample => sample.Value == later[sample.Key]);
        Assert.DoesNotContain(first, sample => sample.Value == seeded[sample.Key]);
    }

    [Fact]
    public void Samples_that_are_read_again_are_what_they_were()
    {
        DataLoader loader = new(Digits, 10, new ShuffledSampler(200, 5), transform: new Chain(Everything(seed: 3), new Mixup(1, 10)));
        using BatchStream stream = loader.Epoch(4, firstBatch: 3);
        Assert.True(stream.TryNext(out Batch? first));

        using Batch again = loader.Read(first.Indices, epoch: 4);

        foreach (string name in first.Names) Assert.Equal(first[name].data<float>().ToArray(), again[name].data<float>().ToArray());
        first.Dispose();
    }

    [Fact]
    public void Without_transforms_a_batch_stays_as_it_is()
    {
        using Batch plain = Digits.Read([3, 1]), changed = new Augmentation(1).Apply(Digits.Read([3, 1]), 0);

        Assert.Equal(plain.Input.data<float>().ToArray(), changed.Input.data<float>().ToArray());
        Assert.Equal(plain.Target.data<long>().ToArray(), changed.Target.data<long>().ToArray());
    }

    [Fact]
    public void Views_are_changed_independently_and_take_the_place_of_the_images()
    {
        using Batch batch = new Views(1, new RandomResizedCrop(20)).Apply(Digits.Read([1, 2, 3]), 0);

        Assert.Equal(["target", "first", "second"], batch.Names);
        Assert.Equal([3, 1, 20, 20], batch["first"].shape);
        Assert.False(batch["first"].data<float>().ToArray().SequenceEqual(batch["second"].data<float>().ToArray()));
    }

    [Fact]
    public void Tensors_can_be_called_as_an_objective_calls_them()
    {
        using Batch batch = new Rename(("input", "image")).Apply(Digits.Read([3, 1]), 0);

        Assert.Equal(["image", "target"], batch.Names);
        Assert.Equal([2, 1, 28, 28], batch["image"].shape);
        Assert.Throws<KeyNotFoundException>(() => new Rename(("state", "image")).Apply(batch, 0));
    }

    [Fact]
    public void Mixup_mixes_inputs_and_targets_by_the_same_share()
    {
        using Batch plain = Digits.Read([0, 1, 2, 3, 4, 5, 6, 7]);
        using Batch mixed = new Mixup(seed: 2, classes: 10, alpha: 1).Apply(Digits.Read([0, 1, 2, 3, 4, 5, 6, 7]), epoch: 1);
        float[][] before = [.. plain.Input.data<float>().ToArray().Chunk(784)], after = [.. mixed.Input.data<float>().ToArray().Chunk(784)];
        float[][] shares = [.. mixed.Target.data<float>().ToArray().Chunk(10)];

        // The first eight drawn digits are 0 to 7, each once: the target tells who was mixed with whom.
        for (int i = 0; i < 8; i++)
        {
            float own = shares[i][i];
            int other = Array.FindIndex(shares[i], share => share > 0 && share != own);
            Assert.Equal(1, shares[i].Sum(), 1e-6);
            for (int at = 0; at < 784; at++) Assert.Equal(own * before[i][at] + (1 - own) * before[other < 0 ? i : other][at], after[i][at], 1e-6);
        }

        Assert.Contains(shares, row => row.Count(share => share > 0) == 2);
    }

    [Fact]
    public void Shares_are_drawn_from_the_beta_distribution()
    {
        RandomStream random = new(1);
        double[] flat = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextBeta(1, 1))], sharp = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextBeta(0.2, 0.2))];
        double[] leaning = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextBeta(2, 6))];

        // The variance of Beta(a, b) is ab / ((a + b)^2 (a + b + 1)).
        Assert.InRange(flat.Average(), 0.49, 0.51);
        Assert.InRange(Variance(flat), 1 / 12.0 - 0.002, 1 / 12.0 + 0.002);
        Assert.InRange(sharp.Average(), 0.49, 0.51);
        Assert.InRange(Variance(sharp), 0.25 / 1.4 - 0.003, 0.25 / 1.4 + 0.003);
        Assert.InRange(leaning.Average(), 0.245, 0.255);
        Assert.InRange(Variance(leaning), 12.0 / 64 / 9 - 0.001, 12.0 / 64 / 9 + 0.001);
    }

    [Fact]
    public void Mixed_targets_are_understood_by_loss_and_accuracy()
    {
        using var scope = NewDisposeScope();
        Tensor output = tensor(new float[] { 2, 0, 0, 3 }).reshape(2, 2), shares = tensor(new[] { 0.75f, 0.25f, 0.75f, 0.25f }).reshape(2, 2);
        using Accuracy accuracy = new();

        accuracy.Update(output, shares);
        float loss = Losses.CrossEntropy(output, shares).item<float>();

        double expected = (0.75 * Math.Log(1 + Math.Exp(-2)) + 0.25 * Math.Log(1 + Math.Exp(2)) + 0.75 * Math.Log(1 + Math.Exp(3)) + 0.25 * Math.Log(1 + Math.Exp(-3))) / 2;
        Assert.Equal(0.5, accuracy.Read());
        Assert.Equal(expected, loss, 1e-5);
    }

    [Fact]
    public void Images_of_bytes_or_other_ranks_are_an_error_that_names_the_sample()
    {
        DataLoader loader = new(new CountingDataset(5), 2, transform: new Augmentation(1, new HorizontalFlip()));
        using BatchStream stream = loader.Epoch(0);

        DataLoadingException error = Assert.Throws<DataLoadingException>(() => stream.TryNext(out _));

        Assert.Equal("Batch 1 of epoch 1 could not be read, because of sample 0: Transforms change images, float32 [B, channels, height, width]; the data set gives Int64 [1].", error.Message);
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        Epoch(new DataLoader(Digits, 10, transform: new Chain(Everything(1), new Mixup(1, 10))), 0);
        long before = LiveTensors.Count();

        Epoch(new DataLoader(Digits, 10, transform: new Chain(Everything(1), new Mixup(1, 10))), 1);
        Epoch(new DataLoader(Digits, 10, transform: new Views(1, new HorizontalFlip()) { Names = ["a", "b", "c"] }), 1, "c");

        Assert.Equal(before, LiveTensors.Count());
    }

    private static Augmentation Everything(ulong seed) => new(
        seed,
        new RandomResizedCrop(24), new RandomCrop(24, pad: 3), new HorizontalFlip(), new Sometimes(0.8, new ColorJitter(0.4, 0.4, 0.4, 0.1)), new Grayscale(0.2),
        new GaussianBlur(3, chance: 0.5), new Cutout(4), new Sometimes(1, new CenterCrop(20)));

    private static Dictionary<long, string> Epoch(DataLoader loader, int epoch, string field = Batch.InputName)
    {
        return Read(loader.Epoch(epoch, 0), field);
    }

    private static Dictionary<long, string> Epoch(DataLoader loader, int epoch, long firstBatch) => Read(loader.Epoch(epoch, firstBatch), Batch.InputName);

    private static Dictionary<long, string> Read(BatchStream stream, string field)
    {
        Dictionary<long, string> samples = [];
        foreach (Batch batch in stream)
        {
            using var _ = batch;
            using Tensor values = batch[field].contiguous();
            byte[] bytes = values.bytes.ToArray();
            int size = bytes.Length / batch.Count;
            for (int i = 0; i < batch.Count; i++) samples.Add(batch.Indices[i], Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes.AsSpan(i * size, size))));
        }

        return samples;
    }

    private static double Variance(double[] values) => values.Average(value => value * value) - values.Average() * values.Average();
}
