using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Metrics;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Metrics;

public sealed class MetricTests
{
    // Four samples of three classes, of which the first three are read rightly.
    private static readonly float[] Outputs = [9, 0, 0, 0, 9, 0, 0, 0, 9, 0, 9, 0];
    private static readonly long[] Targets = [0, 1, 2, 0];

    [Fact]
    public void Accuracy_is_the_share_of_right_answers()
    {
        using Accuracy accuracy = new();
        Assert.Equal(double.NaN, accuracy.Read());

        Update(accuracy);
        Update(accuracy);

        Assert.Equal(0.75, accuracy.Read());
        accuracy.Reset();
        Assert.Equal(double.NaN, accuracy.Read());
    }

    [Fact]
    public void Accuracy_counts_every_position_of_a_sequence()
    {
        using Accuracy accuracy = new();
        using Tensor output = tensor(Outputs, [1, 4, 3]).transpose(1, 2), target = tensor(Targets, [1, 4]);

        accuracy.Update(output, target);

        Assert.Equal(0.75, accuracy.Read());
    }

    [Fact]
    public void The_confusion_matrix_counts_what_was_taken_for_what()
    {
        using ConfusionMatrix confusion = new(3);

        Update(confusion);
        Update(confusion);

        Assert.Equal(new long[,] { { 2, 2, 0 }, { 0, 2, 0 }, { 0, 0, 2 } }, confusion.ReadCounts());
        Assert.Equal((0.5 + 1 + 1) / 3, confusion.Read(), 12);
    }

    [Fact]
    public void What_was_counted_survives_a_checkpoint()
    {
        foreach (IMetric metric in (IMetric[])[new Accuracy(), new ConfusionMatrix(3)])
        {
            using IMetric first = metric, second = metric.Fresh();
            using CheckpointState state = new();
            Update(first);
            first.Save(state, "metric");

            second.Load(state, "metric");
            Update(first);
            Update(second);

            Assert.Equal(first.Read(), second.Read());
        }
    }

    [Fact]
    public void Counting_leaves_one_tensor()
    {
        using Accuracy accuracy = new();
        Update(accuracy);
        long before = LiveTensors.Count();

        for (int i = 0; i < 10; i++) Update(accuracy);

        Assert.Equal(before, Tensor.TotalCount);
    }

    private static void Update(IMetric metric)
    {
        using var scope = NewDisposeScope();
        metric.Update(tensor(Outputs, [4, 3]), tensor(Targets));
    }
}
