using static Dlm.Zoo.HandWritten;

namespace Dlm.Zoo.Systems;

internal static class MemorySystems
{
    public static IReadOnlyList<ZooSystem> All { get; } =
    [
        new("neural-turing-machine", "Neural Turing machine", "Memory/NeuralTuringMachine.dlm", ["NeuralTuringMachine T=10", "StackedLstm T=10"], ["ntm"])
        {
            Paper = "Graves, Wayne, Danihelka, *Neural Turing machines*, 2014",
            About = "A controller with a memory that it reads and writes by content and by place; beside it the LSTM that the paper compares with.",
            ByHand = [InPyTorch(223, "loudinthecloud/pytorch-ntm, eight classes")],
            Reference = "memory.py NeuralTuringMachine",
            Compared = 1,
        },
        new("adaptive-computation", "Adaptive computation time", "Memory/AdaptiveComputation.dlm", ["AdaptiveParity", "AdaptiveRnn T=10"], ["act"])
        {
            Paper = "Graves, *Adaptive computation time for recurrent neural networks*, 2016",
            About = "The network says itself how long to think about each input.",
            Reference = "memory.py AdaptiveParity AdaptiveRnn",
        },
    ];
}
