using System.Reflection;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Dlm.Testing;

/// <summary>A model that was made for a check, and how it is called.</summary>
internal sealed class Trial : IDisposable
{
    private readonly Subject subject;
    private readonly MethodInfo call;

    public Trial(Subject subject, long seed)
    {
        this.subject = subject;
        manual_seed(seed);
        Module = subject.Make();
        call = Module.GetType().GetMethods().FirstOrDefault(m => m.Name == "call" && m.DeclaringType!.IsGenericType)
            ?? throw new NotSupportedException($"{subject.Name} is no module with inputs and an output: it has no method 'call'.");
    }

    public nn.Module Module { get; }

    /// <summary>Inputs that a seed draws.</summary>
    public static Tensor?[] Draw(Subject subject, long seed)
    {
        manual_seed(seed);
        return subject.Inputs(subject.Batch);
    }

    /// <summary>The outputs, one tensor or several. What the model draws itself it draws from the same seed each time.</summary>
    public Tensor[] Call(Tensor?[] inputs)
    {
        manual_seed(subject.Seed);
        var result = call.Invoke(Module, BindingFlags.DoNotWrapExceptions, null, inputs, null);
        return [.. Flat(result)];
    }

    /// <summary>The outputs in eval mode, without gradients.</summary>
    public Tensor[] Evaluate(Tensor?[] inputs)
    {
        Module.eval();
        using var unrecorded = no_grad();
        return Call(inputs);
    }

    /// <summary>A number that depends on all of the outputs; null where none of them is differentiable.</summary>
    public static Tensor? Probe(Tensor[] outputs, long seed)
    {
        manual_seed(seed);
        Tensor? sum = null;
        foreach (var output in outputs.Where(o => o.requires_grad))
        {
            var part = (output * randn_like(output)).mean();
            sum = sum is null ? part : sum + part;
        }
        return sum;
    }

    /// <summary>The mean square between outputs and what they are to become; null where no gradient comes back from it.</summary>
    public static Tensor? Distance(Tensor[] outputs, Tensor[] targets)
    {
        Tensor? sum = null;
        foreach (var (output, target) in outputs.Zip(targets).Where(pair => pair.First.requires_grad))
        {
            var part = (output - target).square().mean();
            sum = sum is null ? part : sum + part;
        }
        return sum;
    }

    /// <summary>Moves every parameter a little, so that what begins with zeros does not hide what lies before it.</summary>
    public void Shake()
    {
        using var unrecorded = no_grad();
        foreach (var parameter in Module.parameters())
        {
            var spread = parameter.numel() > 1 ? parameter.std().item<float>() : 0;
            parameter.add_(randn_like(parameter) * Math.Max(0.1 * spread, 0.02));
        }
    }

    /// <summary>Training mode without chance: dropout is off, and batch norms work on the batch.</summary>
    public void TrainWithoutChance()
    {
        Module.eval();
        foreach (var inner in Module.modules().Where(m => m is TorchSharp.Modules.BatchNorm1d or TorchSharp.Modules.BatchNorm2d or TorchSharp.Modules.BatchNorm3d)) inner.train();
    }

    /// <summary>A copy of every parameter and buffer by its key.</summary>
    public Dictionary<string, Tensor> State() => Module.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone());

    public void Dispose() => Module.Dispose();

    private static IEnumerable<Tensor> Flat(object? result) => result switch
    {
        Tensor tensor => [tensor],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Flat(tuple[i])),
        _ => throw new NotSupportedException($"An output of type {result?.GetType().Name ?? "null"} is no tensor."),
    };
}
