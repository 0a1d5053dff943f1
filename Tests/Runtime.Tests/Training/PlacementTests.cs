using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Training;

public sealed class PlacementTests
{
    [Theory]
    [InlineData("auto", 0, 0, "cpu")]
    [InlineData("auto", 2, 0, "cuda:0")]
    [InlineData("auto", 2, 1, "cuda:1")]
    [InlineData("cpu", 2, 1, "cpu")]
    [InlineData("cuda", 2, 1, "cuda:0")]
    [InlineData("cuda:1", 2, 0, "cuda:1")]
    [InlineData("mps", 0, 0, "mps")]
    public void A_word_is_a_device(string text, int gpus, int localRank, string expected) =>
        Assert.Equal(expected, Placement.Parse(text).Device(gpus, mps: true, localRank).ToString());

    [Theory]
    [InlineData("cuda", 0, 0, "Placement.Cuda(0) asks for GPU 0, but libtorch sees none here: there is none, its driver is missing, or this libtorch is built for processors alone (with the package, -p:TorchDevice=cuda takes the other one). Use Placement.Auto, which takes what is there, or Placement.Cpu.")]
    [InlineData("cuda:2", 2, 0, "Placement.Cuda(2) asks for GPU 2, but there are 2 GPUs, counted from 0. Use Placement.Auto, which takes what is there, or Placement.Cpu.")]
    [InlineData("auto", 1, 1, "Placement.Auto has no GPU for process 1 of this machine, which has 1 GPU. Start as many processes as there are GPUs: torchrun --nproc_per_node 1.")]
    [InlineData("mps", 0, 0, "Placement.Mps asks for a Mac's GPU, and libtorch sees none here. Use Placement.Auto, which takes what is there, or Placement.Cpu.")]
    public void What_is_not_there_is_said(string text, int gpus, int localRank, string message) =>
        Assert.Equal(message, Assert.Throws<NotSupportedException>(() => Placement.Parse(text).Device(gpus, mps: false, localRank)).Message);

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    public void What_is_no_place_is_refused(string text) =>
        Assert.Equal($"'{text}' is no place to train at; write auto, cpu, cuda, cuda:1 (and so on) or mps.", Assert.Throws<FormatException>(() => Placement.Parse(text)).Message);

    [Fact]
    public void A_trainer_moves_its_networks_or_says_that_it_cannot()
    {
        using LinearNet network = new(784, 10);
        using Adam optimizer = new(network);
        Supervised objective = new(network, Losses.CrossEntropy, optimizer);

        _ = new Trainer(objective, new TrainerOptions { Placement = Placement.Auto });

        Device expected = Placement.Auto.Device();
        Assert.All(network.parameters(), parameter => Assert.Equal(expected.type, parameter.device_type));
        Assert.All(optimizer.Parameters, parameter => Assert.Equal(expected.type, parameter.device_type));
        int gpus = cuda.device_count();
        Assert.Throws<NotSupportedException>(() => new Trainer(objective, new TrainerOptions { Placement = Placement.Cuda(gpus) }));
    }
}
