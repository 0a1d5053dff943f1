using System.Globalization;
using Dlm.Runtime.Data;
using Dlm.Runtime.FineTuning;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dlm.Runtime.Training;

/// <summary>
/// An objective of several networks whose step is a straight-line program: what an <c>objective</c> of a <c>.dlm</c> file is compiled to. It
/// has the verbs of that program; a class of your own may use them as well.
/// </summary>
/// <remarks>
/// What is carried from step to step (buffers, the count of steps) is kept in checkpoints beside the networks, under the name <c>objective</c>.
/// </remarks>
public abstract class ComposedObjective : Objective
{
    private const string CarriedName = "objective";
    private const string StepsName = "steps";

    private readonly List<(string Name, nn.Module Network)> _networks = [];
    private readonly List<(string Name, Optimizer Optimizer)> _optimizers = [];
    private readonly List<nn.Module> _frozen = [];
    private readonly CarriedValues _carried = new();
    private readonly Dictionary<(string Name, bool IsJudged), Tensor> _kept = [];

    /// <summary>Makes an objective without networks.</summary>
    protected ComposedObjective() => _carried.Add(StepsName, zeros(1, dtype: int64));

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, nn.Module Network)> Networks => [.. _networks, (CarriedName, _carried)];

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Optimizer Optimizer)> Optimizers => _optimizers;

    /// <summary>How many steps were taken.</summary>
    public long Steps => _carried.Find(StepsName).item<long>();

    /// <inheritdoc/>
    public sealed override Tensor[] TrainStep(Batch batch, IReadOnlyList<IMetric> metrics, StepPlan plan) => Learn(plan, given => Run(batch, given));

    /// <inheritdoc/>
    public sealed override Tensor[] EvaluateStep(Batch batch, IReadOnlyList<IMetric> metrics) => Run(batch, null);

    /// <summary>The program of a step.</summary>
    /// <param name="batch">What it is given.</param>
    /// <param name="plan">What accumulation and clipping ask; null to measure and learn nothing.</param>
    /// <returns>A tensor without dimensions for each of <see cref="Objective.LossNames"/>.</returns>
    protected abstract Tensor[] Run(Batch batch, StepPlan? plan);

    /// <summary>Adds a network that an optimizer steps.</summary>
    /// <exception cref="ArgumentException">The optimizer steps other parameters than the network's.</exception>
    protected T Add<T>(string name, T network, Optimizer optimizer)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        HashSet<Parameter> own = new(network.parameters(), ReferenceEqualityComparer.Instance);
        if (!optimizer.Parameters.All(own.Contains))
        {
            throw new ArgumentException($"The optimizer of '{name}' steps parameters that are not {network.GetType().Name}'s: make it of the same network, new Adam({name}, ...).", nameof(optimizer));
        }

        RequireOther(name, network);
        _networks.Add((name, network));
        _optimizers.Add((name, optimizer));
        return network;
    }

    /// <summary>Adds a network that no optimizer steps.</summary>
    /// <param name="name">Its name in checkpoints.</param>
    /// <param name="network">The network.</param>
    /// <param name="isFrozen">Whether gradients shall not reach its parameters and it stays in evaluation mode.</param>
    protected T Add<T>(string name, T network, bool isFrozen)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(network);
        RequireOther(name, network);
        _networks.Add((name, network));
        if (!isFrozen) return network;
        network.Freeze();
        network.eval();
        _frozen.Add(network);
        return network;
    }

    /// <summary>Adds a value that is carried from step to step.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="first">How it begins.</param>
    protected void AddCarried(string name, Tensor first) => _carried.Add(name, first);

    /// <summary>A carried value as the last step left it, on the device of the first network.</summary>
    protected Tensor Carried(string name)
    {
        Tensor value = _carried.Find(name);
        Device? device = _networks[0].Network.parameters().FirstOrDefault()?.device;
        return device is null ? value.clone() : value.to(device, copy: true);
    }

    /// <summary>Gives a carried value what the next step shall find.</summary>
    protected void Carry(string name, Tensor value, StepPlan? plan)
    {
        if (plan is not { Update: true }) return;
        using var noGradient = no_grad();
        _carried.Find(name).copy_(value.detach());
    }

    /// <summary>Takes a step: <paramref name="run"/> with a plan, in training mode.</summary>
    /// <returns>What it measured; moved to the surrounding dispose scope, or the caller's to dispose.</returns>
    protected Tensor[] Learn(StepPlan plan, Func<StepPlan?, Tensor[]> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (nn.Module network in _frozen)
        {
            if (network.training) network.eval();
        }

        using var scope = NewDisposeScope();
        if (plan.Update) _carried.Find(StepsName).add_(1);
        return [.. run(plan).Select(figure => figure.MoveToOuterDisposeScope())];
    }

    /// <summary>Measures, in evaluation mode and without recording gradients.</summary>
    /// <inheritdoc cref="Learn"/>
    protected Tensor[] Judge(Func<Tensor[]> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using NetworkModes modes = new(this);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return [.. run().Select(figure => figure.MoveToOuterDisposeScope())];
    }

    /// <summary>Whether a step is the nth, the 2nth, ...; in evaluation, everything is measured.</summary>
    protected bool IsDue(long period, StepPlan? plan) => plan is not { } given || (given.Update && Steps % period == 0);

    /// <summary>Remembers a figure that only some steps compute.</summary>
    protected void Keep(string name, Tensor value, StepPlan? plan)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (_kept.Remove((name, plan is null), out Tensor? last)) last.Dispose();
        _kept[(name, plan is null)] = value.detach().clone().DetachFromDisposeScope();
    }

    /// <summary>The figure that was remembered last; 0 before the first.</summary>
    protected Tensor Kept(string name, StepPlan? plan) => _kept.TryGetValue((name, plan is null), out Tensor? last) ? last.clone() : zeros([]);

    /// <summary>
    /// One step of optimizers along the gradient of <paramref name="loss"/>, or a part of one where gradients accumulate. It changes their
    /// parameters and leaves no gradient at any other.
    /// </summary>
    /// <param name="loss">What is minimised, a tensor without dimensions.</param>
    /// <param name="plan">What accumulation and clipping ask; null to do nothing.</param>
    /// <param name="keepsGraph">Whether a later step needs a part of what the gradient passes.</param>
    /// <param name="optimizers">What is stepped.</param>
    protected void Minimize(Tensor loss, StepPlan? plan, bool keepsGraph, params IReadOnlyList<Optimizer> optimizers)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(optimizers);
        if (plan is not { } given) return;
        Descend(loss, optimizers, given, keepsGraph);
    }

    /// <summary>The gradient of the sum of <paramref name="of"/> by <paramref name="by"/>, through which a loss can be minimised.</summary>
    protected static Tensor Gradient(Tensor of, Tensor by)
    {
        ArgumentNullException.ThrowIfNull(of);
        using Tensor sum = of.sum();
        return autograd.grad([sum], [by], create_graph: true)[0];
    }

    /// <summary>Makes the parameters and buffers of a network those of another.</summary>
    protected static void Copy(nn.Module from, nn.Module to, StepPlan? plan)
    {
        if (plan is not { Update: true }) return;
        using var noGradient = no_grad();
        foreach ((Tensor source, Tensor target) in Pairs(from, to)) target.copy_(source);
    }

    /// <summary>Moves the parameters of a network towards those of another: target = stay * target + (1 - stay) * source. Buffers are copied.</summary>
    protected static void Average(nn.Module from, nn.Module to, double stay, StepPlan? plan)
    {
        ArgumentNullException.ThrowIfNull(from);
        if (plan is not { Update: true }) return;
        using var noGradient = no_grad();
        HashSet<Tensor> learnt = new(from.parameters(), ReferenceEqualityComparer.Instance);
        foreach ((Tensor source, Tensor target) in Pairs(from, to))
        {
            if (learnt.Contains(source)) target.mul_(stay).add_(source, 1 - stay);
            else target.copy_(source);
        }
    }

    /// <summary>Brings every parameter between two bounds (Arjovsky et al., 2017, WGAN).</summary>
    protected static void Clamp(nn.Module network, double most, StepPlan? plan)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (plan is not { Update: true }) return;
        using var noGradient = no_grad();
        foreach (Parameter parameter in network.parameters()) parameter.clamp_(-most, most);
    }

    /// <summary>
    /// A tensor of a batch for an input of a step: the one of its name; else, for the first and second input, the batch's "input" and "target".
    /// </summary>
    /// <exception cref="KeyNotFoundException">The batch has none for it.</exception>
    protected static Tensor Of(Batch batch, string name, int index)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Names.Contains(name)) return batch[name];
        string usual = index == 0 ? Batch.InputName : Batch.TargetName;
        return index <= 1 && batch.Names.Contains(usual) ? batch[usual] : batch[name];
    }

    /// <summary>Figures as "discriminator 1.3863, generator 0.6931".</summary>
    protected static string Shown(params IReadOnlyList<(string Name, Tensor Value)> figures) =>
        string.Join(", ", figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Name} {figure.Value.to(ScalarType.Float64).item<double>():0.0000}")));

    private void RequireOther(string name, nn.Module network)
    {
        foreach ((string other, nn.Module known) in _networks)
        {
            if (ReferenceEquals(known, network)) throw new ArgumentException($"'{name}' is the same module as '{other}', which is another network of the objective: make a second one.", nameof(network));
        }
    }

    private static IEnumerable<(Tensor Source, Tensor Target)> Pairs(nn.Module from, nn.Module to)
    {
        Dictionary<string, Tensor> targets = to.state_dict();
        foreach ((string key, Tensor source) in from.state_dict())
        {
            if (!targets.TryGetValue(key, out Tensor? target) || !source.shape.SequenceEqual(target.shape))
            {
                throw new InvalidOperationException($"A {from.GetType().Name} cannot be copied to a {to.GetType().Name}: '{key}' is {(target is null ? "not there" : $"[{string.Join(", ", target.shape)}]")}, not [{string.Join(", ", source.shape)}]. Make both with the same arguments.");
            }

            yield return (source, target);
        }
    }

    // Has the buffers that a checkpoint keeps beside the networks.
    private sealed class CarriedValues() : nn.Module(CarriedName)
    {
        public void Add(string name, Tensor first)
        {
            register_buffer(name, first);
            foreach (Tensor buffer in buffers()) buffer.DetachFromDisposeScope();
        }

        public Tensor Find(string name) => get_buffer(name)!;

        protected override void RegisterComponents()
        {
        }
    }
}
