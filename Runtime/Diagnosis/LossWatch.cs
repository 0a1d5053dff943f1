using Dlm.Runtime.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dlm.Runtime.Diagnosis;

/// <summary>Looks at each loss before the parameters change by it, and at the gradients, where that is asked for.</summary>
/// <remarks>
/// On a CPU the loss lies where the program is, and a look costs a tenth of a microsecond. On a GPU each look waits for the device; there losses
/// are looked at only when they are shown, unless it is asked for.
/// </remarks>
/// <param name="losses">Whether to look at each loss.</param>
/// <param name="gradients">Whether to look at the gradients too.</param>
internal sealed class LossWatch(bool losses, bool gradients) : IDisposable
{
    private Tensor? _random;

    /// <summary>Whether the step is only made again to see where its numbers go wrong; nothing is learnt then.</summary>
    public bool Tracing { get; private init; }

    /// <summary>Whether the objective steps by <see cref="Training.Objective.Minimize"/>, so that it can be watched.</summary>
    public bool Asked { get; private set; }

    /// <summary>Whether something has been learnt from the batch at work.</summary>
    public bool Learnt { get; private set; }

    /// <summary>One for a step that is only made again.</summary>
    public static LossWatch Trace() => new(losses: true, gradients: false) { Tracing = true };

    /// <summary>Remembers the random state, with which the step can be made again.</summary>
    public void StepStarts()
    {
        Learnt = false;
        if (!losses) return;
        _random?.Dispose();
        _random = random.get_rng_state().DetachFromDisposeScope();
    }

    /// <summary>Goes back to the random state at the step's start.</summary>
    public void Rewind()
    {
        if (_random is not null) random.set_rng_state(_random);
    }

    /// <summary>Looks at a loss, and says whether its step is to be made.</summary>
    /// <exception cref="NonFiniteNumber">It is infinite or not a number.</exception>
    public bool LookAt(Tensor loss, Optimizer optimizer)
    {
        Asked = true;
        if (losses && loss.numel() == 1)
        {
            double value = FiniteNumbers.Read(loss);
            if (!double.IsFinite(value)) throw new NonFiniteNumber(optimizer, value, parameter: null);
        }

        return !Tracing;
    }

    /// <summary>Takes note that an optimizer has made its step.</summary>
    public void StepMade() => Learnt = true;

    /// <summary>Looks at the gradients. Those of a scaled loss may overflow, which the scaler sees to.</summary>
    /// <exception cref="NonFiniteNumber">One is infinite or not a number.</exception>
    public void LookAtGradients(Optimizer optimizer)
    {
        if (!gradients || optimizer.Scaler is not null) return;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (Parameter parameter in optimizer.Parameters)
        {
            if (parameter.grad is { } gradient && FiniteNumbers.CountOthers(gradient) > 0) throw new NonFiniteNumber(optimizer, double.NaN, parameter);
        }
    }

    /// <summary>Frees what was remembered.</summary>
    public void Dispose() => _random?.Dispose();
}
