using Dlm.Runtime.Data;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Training;

/// <summary>Training leaves no tensor behind: what is alive after the second epoch is alive after the last. The long runs are <c>Benchmarks -- leaks</c>.</summary>
public sealed class LeakTests
{
    private const int Epochs = 6;

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, 1.0)]
    public void A_convolution_network_leaves_no_tensor_behind(int accumulate, double? clip)
    {
        using Run run = new(Run.Quiet with { Epochs = Epochs, AccumulateBatches = accumulate, ClipNorm = clip, Schedule = new CosineSchedule(0.1) });

        long[] alive = Alive(run.Trainer, run.Training, run.Validation);

        Assert.All(alive[1..], count => Assert.Equal(alive[1], count));
    }

    [Fact]
    public void A_recurrent_network_leaves_no_tensor_behind()
    {
        manual_seed(1);
        using CharacterNet network = new(symbols: 12, width: 8, hidden: 16);
        using AdamW optimizer = new(network, 1e-2);
        Trainer trainer = new(
            new Supervised(network, (output, target) => Losses.CrossEntropy(output.flatten(0, 1), target.flatten()), optimizer),
            Run.Quiet with { Epochs = Epochs, ClipNorm = 1 });

        long[] alive = Alive(trainer, new DataLoader(new Counting(48, 12), 8), new DataLoader(new Counting(16, 12), 8));

        Assert.All(alive[1..], count => Assert.Equal(alive[1], count));
    }

    private static long[] Alive(Trainer trainer, DataLoader training, DataLoader validation)
    {
        List<long> counts = [];
        trainer.Callbacks.Add(new AfterEpoch(() => counts.Add(LiveTensors.Count())));
        trainer.Fit(training, validation);
        Assert.Equal(Epochs, counts.Count);
        return [.. counts];
    }

    private sealed class AfterEpoch(Action action) : ICallback
    {
        public void EpochEnded(Trainer trainer, TrainingProgress progress, EpochSummary epoch) => action();
    }

    /// <summary>Says the next symbol of each.</summary>
    private sealed class CharacterNet : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Embedding _embed;
        private readonly TorchSharp.Modules.LSTM _lstm;
        private readonly TorchSharp.Modules.Linear _head;

        public CharacterNet(int symbols, int width, int hidden)
            : base(nameof(CharacterNet))
        {
            register_module("embed", _embed = nn.Embedding(symbols, width));
            register_module("lstm", _lstm = nn.LSTM(width, hidden, 1, true, true));
            register_module("head", _head = nn.Linear(hidden, symbols));
        }

        public override Tensor forward(Tensor input)
        {
            (Tensor output, Tensor hidden, Tensor cell) = _lstm.call(_embed.call(input));
            using (hidden)
            using (cell)
            using (output)
            {
                return _head.call(output);
            }
        }

        protected override void RegisterComponents()
        {
        }
    }

    /// <summary>Sequences that count upwards, from anywhere.</summary>
    private sealed class Counting(long count, int symbols) : IDataset
    {
        public long Count => count;

        public Batch Read(ReadOnlySpan<long> indices)
        {
            Tensor start = tensor(indices.ToArray()).unsqueeze(1), places = arange(11, dtype: ScalarType.Int64);
            Tensor all = (start + places).remainder(symbols);
            return new Batch(indices, (Batch.InputName, all.narrow(1, 0, 10).contiguous()), (Batch.TargetName, all.narrow(1, 1, 10).contiguous()));
        }
    }
}
