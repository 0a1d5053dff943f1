using Dlm.Models.Memory;
using Dlm.Runtime.Optimizers;
using static TorchSharp.torch;

namespace Dlm.Models.Tests.Learning;

/// <summary>What nets that remember and nets that ponder learn in a second or two, on sequences that are drawn anew for each step.</summary>
[Collection(Chance.Alone)]
public sealed class MemoryLearningTests
{
    /// <summary>Chance would have half of the nine bits wrong.</summary>
    [Fact, Trait("system", "neural-turing-machine")]
    public void AMachineCopiesSequences()
    {
        const int Bits = 3, Length = 3;
        manual_seed(1);
        using NeuralTuringMachine machine = new(Bits, slots: 6, cells: 8, hidden: 32);
        using RmsProp optimizer = new(machine, 3e-3, alpha: 0.95, momentum: 0.9);
        Episode episode = new(machine, optimizer);

        for (var i = 0; i < 200; i++) Step(Sequences(32), episode.Step);

        using var scope = NewDisposeScope();
        var (x, answer) = Sequences(256);
        var wrong = episode.Judge(x, answer).BitsWrong.item<float>();
        Assert.True(wrong < 1, $"{wrong} of {Bits * Length} bits are wrong");

        // What is shown, a sign, and silence as long.
        static (Tensor X, Tensor Answer) Sequences(int count)
        {
            var shown = randint(0, 2, [count, Length, Bits]).to(float32);
            var x = zeros(count, 2 * Length + 1, Bits + 1);
            x[.., ..Length, ..Bits] = shown;
            x[.., Length, Bits] = 1;
            return (x, shown);
        }
    }

    /// <summary>Chance is right half of the time.</summary>
    [Fact, Trait("system", "adaptive-computation")]
    public void ANetPondersOverParity()
    {
        const int Numbers = 5;
        manual_seed(1);
        using AdaptiveParity net = new(Numbers, hidden: 64, most: 8);
        using Adam optimizer = new(net, 5e-3);
        ParityInTime objective = new(net, optimizer, tau: 0.05);

        for (var i = 0; i < 400; i++) Step(Vectors(128), objective.Step);

        using var scope = NewDisposeScope();
        var (x, parity) = Vectors(1000);
        var learned = objective.Judge(x, parity);
        Assert.True(learned.Accuracy.item<float>() > 0.9, learned.ToString());
        Assert.InRange(learned.PonderCost.item<float>(), 1.5, 6); // neither in no time nor as long as it may

        // Some numbers of 1 and -1, then zeros.
        static (Tensor X, Tensor Parity) Vectors(int count)
        {
            var x = (2 * randint(0, 2, [count, Numbers]) - 1) * (arange(Numbers) < randint(1, Numbers + 1, [count, 1]));
            return (x.to(float32), ((x == 1).sum(1, keepdim: true) % 2).to(float32));
        }
    }

    private static void Step<T>((Tensor X, Tensor Y) batch, Func<Tensor, Tensor, T> step)
        where T : IDisposable
    {
        using var scope = NewDisposeScope();
        step(batch.X, batch.Y).Dispose();
    }
}
