using System.Globalization;
using Dlm.Runtime.Distributed;
using Dlm.Runtime.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Runtime.Training;

/// <summary>Where networks are trained: in one word, for a trainer's options or for a program of your own.</summary>
/// <remarks>
/// A trainer moves its networks there, their optimizers follow with their state, and batches are brought to the networks. Parts that a model
/// itself puts <c>on cuda(i)</c> stay where it says, and generated code brings tensors to them and back.
/// </remarks>
public sealed class Placement
{
    private readonly bool _auto;
    private readonly DeviceType _type;
    private readonly int _index;

    private Placement(DeviceType type, int index, bool auto = false) => (_type, _index, _auto) = (type, index, auto);

    /// <summary>On a GPU where there is one (of several processes each on its own), else on the processor.</summary>
    /// <remarks>A Mac's GPU is not taken by itself, because it has no float64: <see cref="Mps"/> asks for it.</remarks>
    public static Placement Auto { get; } = new(DeviceType.CPU, -1, auto: true);

    /// <summary>On the processor.</summary>
    public static Placement Cpu { get; } = new(DeviceType.CPU, -1);

    /// <summary>On a Mac's GPU.</summary>
    public static Placement Mps { get; } = new(DeviceType.MPS, -1);

    /// <summary>On GPU <paramref name="index"/>, counted from 0.</summary>
    public static Placement Cuda(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new Placement(DeviceType.CUDA, index);
    }

    /// <summary>Reads <c>auto</c>, <c>cpu</c>, <c>mps</c>, <c>cuda</c> or <c>cuda:1</c>, as a user types it.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static Placement Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int index)) return Cuda(index);
        return text switch
        {
            "auto" => Auto,
            "cpu" => Cpu,
            "mps" => Mps,
            "cuda" => Cuda(),
            _ => throw new FormatException($"'{text}' is no place to train at; write auto, cpu, cuda, cuda:1 (and so on) or mps."),
        };
    }

    /// <summary>The device.</summary>
    /// <param name="group">The processes that train together, if there are several.</param>
    /// <exception cref="NotSupportedException">It is not there; the message says what is.</exception>
    public Device Device(ProcessGroup? group = null) => Device(cuda.device_count(), mps_is_available(), group is { Size: > 1 } ? group.LocalRank : 0);

    /// <summary>Moves networks there. Optimizers of groups that were made from modules follow.</summary>
    /// <exception cref="NotSupportedException">The device is not there; the message says what is.</exception>
    /// <exception cref="InvalidOperationException">A group of an optimizer is a list of parameters, which cannot follow.</exception>
    public void Place(Objective objective, ProcessGroup? group = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Device device = Device(group);
        foreach ((_, nn.Module network) in objective.Networks) network.to(device);
        foreach ((_, Optimizer optimizer) in objective.Optimizers) optimizer.Follow();
    }

    /// <summary>As the user types it.</summary>
    public override string ToString() =>
        _auto ? "auto" : _type == DeviceType.CUDA ? string.Create(CultureInfo.InvariantCulture, $"cuda:{_index}") : _type.ToString().ToLowerInvariant();

    internal Device Device(int gpus, bool mps, int localRank)
    {
        if (_auto && gpus > 0)
        {
            return localRank < gpus
                ? device(DeviceType.CUDA, localRank)
                : throw new NotSupportedException($"Placement.Auto has no GPU for process {localRank} of this machine, which has {Count(gpus)}. Start as many processes as there are GPUs: torchrun --nproc_per_node {gpus}.");
        }

        if (_type == DeviceType.CUDA && _index >= gpus)
        {
            string there = gpus > 0
                ? $"there {(gpus == 1 ? "is" : "are")} {Count(gpus)}, counted from 0"
                : "libtorch sees none here: there is none, its driver is missing, or this libtorch is built for processors alone (with the package, -p:TorchDevice=cuda takes the other one)";
            throw new NotSupportedException($"Placement.Cuda({_index}) asks for GPU {_index}, but {there}. Use Placement.Auto, which takes what is there, or Placement.Cpu.");
        }

        if (_type == DeviceType.MPS && !mps) throw new NotSupportedException("Placement.Mps asks for a Mac's GPU, and libtorch sees none here. Use Placement.Auto, which takes what is there, or Placement.Cpu.");
        return _type == DeviceType.CUDA ? device(DeviceType.CUDA, _index) : device(_type);
    }

    private static string Count(int gpus) => gpus == 1 ? "1 GPU" : $"{gpus} GPUs";
}
