using System.CommandLine;
using Dlm.Models.Memory;
using Dlm.Runtime.Data;
using Dlm.Runtime.Display;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Reports;
using Dlm.Runtime.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace Dlm.Samples.Memory;

/// <summary>
/// A neural Turing machine learns to copy sequences, then copies longer ones than it has ever seen; an LSTM that has learned from the same sequences
/// stands beside it. At the end one sees where the machine wrote and read, as in figure 6 of the paper.
/// </summary>
internal sealed class NtmSample : Sample
{
    private const int BatchesPerEpoch = 250, Tested = 256, Cells = 16;

    private readonly Option<int> _bits, _longest, _slots, _hidden, _batch;
    private readonly Option<double> _rate;

    public NtmSample()
        : base("ntm", "A neural Turing machine copies sequences that are longer than any it learned from.", epochs: 8)
    {
        _bits = Add("--bits", "How many bits each vector of a sequence has.", 6);
        _longest = Add("--longest", "How many vectors the longest sequence to learn from has; twice as many are tried in the end.", 8);
        _slots = Add("--slots", "How many vectors the memory holds.", 24);
        _hidden = Add("--hidden", "How wide the controller is, and each layer of the LSTM.", 64);
        _batch = Add("--batch", "How many sequences a step learns from.", 16);
        _rate = Add("--rate", "The learning rate.", 5e-3);
    }

    protected override void Run(SampleRun run)
    {
        (int bits, int longest, int slots) = (run.Get(_bits), run.Get(_longest), run.Get(_slots));
        manual_seed((long)run.Seed);
        using NeuralTuringMachine machine = new(bits, slots, Cells, run.Get(_hidden));
        using Adam stepping = new(machine, run.Get(_rate));
        using StackedLstm lstm = new(bits, run.Get(_hidden), layers: 2);
        using Adam steppingLstm = new(lstm, run.Get(_rate));
        // The recipe of Models/Memory/Recipes.dlm takes a million sequences; larger steps along clipped gradients get there with some thirty thousand.
        TrainerOptions plan = run.Plan(new TrainerOptions { ClipNorm = 1 });
        Trainer trainer = new(new Episode(machine, stepping), plan);
        Trainer other = new(new EpisodeWithoutMemory(lstm, steppingLstm), plan with { CheckpointFolder = null, Display = new SilentDisplay() });

        AnsiConsole.WriteLine($"{Count(machine):n0} parameters and {slots} slots to write to learn beside an LSTM of {Count(lstm):n0} parameters");
        int batch = run.Get(_batch);
        CopyTask task = new(long.MaxValue, bits, 1, longest, run.Seed);
        DataLoader training = new(task, batch, new OnceSampler((long)BatchesPerEpoch * batch));
        run.Fit(trainer, training, Of(longest), $"Copying up to {longest} vectors of {bits} bits");
        other.Fit(training);

        foreach (int length in (int[])[longest, 3 * longest / 2, 2 * longest])
        {
            run.Figure(
                $"Wrong of {length * bits} bits",
                $"{trainer.Evaluate(Of(length))["bits_wrong"]:0.0} (an LSTM {other.Evaluate(Of(length))["bits_wrong"]:0.0}, chance {length * bits / 2.0:0}){(length > longest ? $"; {length} vectors, where the longest to learn from had {longest}" : "")}");
        }

        run.Picture("memory", "Where the machine wrote and read", Draw(machine, task: new CopyTask(1, bits, 3 * longest / 2, 3 * longest / 2, run.Seed + 7)));

        DataLoader Of(int length) => new(new CopyTask(Tested, bits, length, length, run.Seed + (ulong)length), 64);
    }

    private static long Count(nn.Module network) => network.parameters().Sum(p => p.numel());

    /// <summary>What flows in and comes out in the course of an episode, and below it the weightings over the memory.</summary>
    private static string Draw(NeuralTuringMachine machine, CopyTask task)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using Batch episode = task.Read([0]);
        var (logits, written, looked) = machine.call(episode["x"]);
        Tensor said = logits[0].sigmoid();
        said[..^(int)episode["answer"].shape[1]] = 0;
        return Heatmap.Draw($"Copying {episode["answer"].shape[1]} vectors",
            [
                new("what flows in", episode["x"][0].T) { Range = (0, 1) },
                new("what it answers", said.T) { Range = (0, 1) },
                new("where it writes", written[0].T) { Range = (0, 1), Down = "slots", Across = "time" },
                new("where it reads", looked[0].T) { Range = (0, 1), Down = "slots", Across = "time" },
            ],
            columns: 2, square: 12);
    }
}
