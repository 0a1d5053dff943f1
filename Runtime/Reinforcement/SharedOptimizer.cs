using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Optimizers.Flat;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dlm.Runtime.Reinforcement;

/// <summary>
/// What the objective of one of several workers steps with (Mnih et al., 2016, algorithm S3): its gradients go to the optimizer of a network
/// that all workers share, and the worker's own network becomes what the shared one is then. What that optimizer remembers, such as RMSProp's
/// squares, is shared with it.
/// </summary>
/// <remarks>
/// One worker at a time is let in, so that nothing is half written, which costs microseconds where acting costs milliseconds. Between two
/// steps of a worker the others go on: its gradients are of parameters that are a little out of date, as in the paper.
/// </remarks>
public sealed class SharedOptimizer : Optimizer
{
    private readonly Optimizer _shared;
    private readonly (Parameter Own, Parameter Common)[] _pairs;

    /// <summary>Makes a worker's network equal to the shared one.</summary>
    /// <param name="network">The worker's own network.</param>
    /// <param name="common">The network that all share, of the same class.</param>
    /// <param name="shared">What steps it; all workers are given the same.</param>
    /// <exception cref="ArgumentException">The networks are one, or differ, or the optimizer is another network's.</exception>
    public SharedOptimizer(nn.Module network, nn.Module common, Optimizer shared)
        : base(Checked(network, common, shared), [], rate: 0, weightDecay: 0)
    {
        (_shared, _pairs) = (shared, [.. network.parameters().Zip(common.parameters())]);
        lock (_shared) Take();
    }

    /// <summary>Steps the shared network along the gradients of the worker's, and takes its parameters over.</summary>
    public override void Step()
    {
        using var scope = NewDisposeScope();
        lock (_shared)
        {
            foreach ((Parameter own, Parameter common) in _pairs) common.grad = own.grad;
            _shared.Step();
            _shared.ZeroGradients();
            Take();
        }
    }

    /// <summary>Is not called: the shared optimizer makes the step.</summary>
    protected override void Update(FlatSlice slice, StepInfo step) => throw new NotSupportedException("The shared optimizer makes the step.");

    private void Take()
    {
        using var noGradient = no_grad();
        foreach ((Parameter own, Parameter common) in _pairs) own.copy_(common);
    }

    // Before the base class takes the parameters over.
    private static ParameterGroup[] Checked(nn.Module network, nn.Module common, Optimizer shared)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(common);
        ArgumentNullException.ThrowIfNull(shared);
        if (ReferenceEquals(network, common)) throw new ArgumentException("A worker acts by a network of its own: make a second one of the same class.", nameof(network));
        if (!Described(network).SequenceEqual(Described(common))) throw new ArgumentException("A worker's network has the parameters of the shared one: make it of the same class, with the same arguments.", nameof(network));
        HashSet<Parameter> stepped = new(shared.Parameters, ReferenceEqualityComparer.Instance);
        if (!common.parameters().All(stepped.Contains)) throw new ArgumentException("The shared optimizer steps another network: make it of the shared one.", nameof(shared));
        return [new ParameterGroup(network)];

        static IEnumerable<string> Described(nn.Module module) => module.named_parameters().Select(entry => $"{entry.name} {string.Join(' ', entry.parameter.shape)}");
    }
}
