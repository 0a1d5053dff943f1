using Dlm.Runtime.Distributed;
using Dlm.Runtime.Optimizers.Flat;
using Dlm.Runtime.Optimizers.Fused;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>
/// Changes parameters along their gradients. The parameters of a group lie in one buffer (<see cref="FlatParameters"/>), so a
/// step is one native pass over it or, where there is none, a handful of operations, however many parameters there are.
/// </summary>
/// <remarks>
/// As in PyTorch, a parameter that the loss did not reach (it has no gradient) is not stepped: neither its value nor its state
/// changes, and its own count of steps, which bias corrections go by, stands still.
/// </remarks>
public abstract partial class Optimizer : IDisposable
{
    // From so many slices on they are shared out among threads.
    private const int Shared = 8;

    /// <summary>Lays the parameters of each group into a buffer.</summary>
    /// <param name="groups">The parameters.</param>
    /// <param name="stateNames">The buffers that the method keeps beside the parameters, by PyTorch's names for them.</param>
    /// <param name="rate">The learning rate of groups that have none of their own.</param>
    /// <param name="weightDecay">The weight decay of groups that have none of their own.</param>
    /// <exception cref="ArgumentException">A group has nothing to optimize, or two parameters have the same name.</exception>
    protected Optimizer(IEnumerable<ParameterGroup> groups, IReadOnlyList<string> stateNames, double rate, double weightDecay)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfNegative(weightDecay);
        StateNames = stateNames;

        HashSet<Parameter> seen = new(ReferenceEqualityComparer.Instance); // tensors are equal when their values are
        HashSet<string> names = [];
        List<FlatGroup> laid = [];
        foreach (ParameterGroup group in groups)
        {
            (string Name, Parameter Parameter)[] parameters = [.. group.Parameters.Where(p => p.Parameter.requires_grad && seen.Add(p.Parameter))];
            if (parameters.Length == 0) throw new ArgumentException("A parameter group has no parameter that requires a gradient and is in no earlier group.", nameof(groups));
            foreach ((string name, _) in parameters)
            {
                if (!names.Add(name)) throw new ArgumentException($"Two parameters are called '{name}'; give those of one network a prefix.", nameof(groups));
            }

            laid.Add(new FlatGroup(group, parameters, stateNames, group.Rate ?? rate, group.WeightDecay ?? weightDecay));
        }

        Groups = laid;
    }

    /// <summary>What every group's rate is multiplied by: a schedule sets it from step to step.</summary>
    public double RateFactor { get; set; } = 1;

    /// <summary>The parameter groups, in the order in which they were given.</summary>
    public IReadOnlyList<FlatGroup> Groups { get; }

    /// <summary>All parameters, each once.</summary>
    public IReadOnlyList<Parameter> Parameters
    {
        get
        {
            Follow();
            return [.. Parts.SelectMany(part => part.Parameters)];
        }
    }

    /// <summary>How many steps have been made.</summary>
    public long Steps { get; private set; }

    /// <summary>The names of the buffers that the method keeps beside the parameters.</summary>
    public IReadOnlyList<string> StateNames { get; }

    /// <summary>The method's name.</summary>
    public string Name => GetType().Name;

    /// <summary>Why steps are made by tensor operations rather than in one native pass; null where they are not.</summary>
    public static string? WhyNotFused => FusedSteps.Missing;

    /// <summary>What scales the loss that this optimizer minimizes, if something does.</summary>
    public LossScaler? Scaler { get; set; }

    /// <summary>What averages the gradients over the processes that train together, if there are several.</summary>
    internal GradientReduction? Reduction { get; set; }

    /// <summary>Changes every parameter that has a gradient once, along it.</summary>
    /// <exception cref="InvalidOperationException">
    /// A parameter was replaced or belongs to another optimizer; the message says how to mend it.
    /// </exception>
    public virtual void Step()
    {
        Follow();
        Reduction?.Finish(Parameters);
        Steps++;
        using var noGradient = no_grad();
        foreach (FlatGroup group in Groups)
        {
            foreach (FlatPart part in group.WithState)
            {
                StepPart(part, group);
                part.Parameters.Gradients.Forget();
                part.Parameters.Round();
            }
        }

        Reduction?.Forget();
    }

    /// <summary>Takes every gradient away, so that a parameter that the next loss does not reach is not stepped.</summary>
    public void ZeroGradients()
    {
        Follow();
        Reduction?.Forget();
        foreach (FlatParameters part in Parts) part.Gradients.Clear();
    }

    /// <summary>
    /// Shrinks all gradients by one factor so that their norm is at most <paramref name="largest"/> (Pascanu et al., 2013), as
    /// <c>torch.nn.utils.clip_grad_norm_</c> does. Nothing is read back from the device.
    /// </summary>
    /// <returns>The norm before, a tensor without dimensions that the caller disposes.</returns>
    public Tensor ClipGradientNorm(double largest)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(largest);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        Tensor[] gradients = AllGradients();
        Tensor norm = NormOf(gradients);
        Tensor factor = (largest / (norm + 1e-6)).clamp_max_(1.0);
        foreach (Tensor gradient in gradients) gradient.mul_(factor.to(gradient));
        return norm.MoveToOuterDisposeScope();
    }

    /// <summary>Brings each gradient between -<paramref name="largest"/> and <paramref name="largest"/>, as <c>torch.nn.utils.clip_grad_value_</c> does.</summary>
    public void ClipGradientValues(double largest)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(largest);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (Tensor gradient in AllGradients()) gradient.clamp_((Scalar)(-largest), (Scalar)largest);
    }

    /// <summary>
    /// Divides all gradients by the <see cref="Scaler"/>'s scale, and says whether they are finite. Where not, there must be no step. Without a
    /// scaler it does nothing.
    /// </summary>
    public bool UnscaleGradients()
    {
        if (Scaler is null) return true;
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        Tensor[] gradients = AllGradients();
        foreach (Tensor gradient in gradients) gradient.mul_(1 / Scaler.Scale);
        bool finite = double.IsFinite(NormOf(gradients).to(ScalarType.Float64).ToDouble());
        Scaler.Observe(finite);
        return finite;
    }

    /// <summary>Frees the buffers; the parameters keep their values and can be given to another optimizer.</summary>
    public void Dispose()
    {
        foreach (FlatGroup group in Groups) group.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes one step on one slice, in place. Gradients are not recorded; temporaries need no disposal.</summary>
    /// <param name="slice">The parameters.</param>
    /// <param name="step">The settings of this step.</param>
    protected abstract void Update(FlatSlice slice, StepInfo step);

    /// <summary>The gradients with decay added to them.</summary>
    private protected static Tensor Decayed(FlatSlice slice, StepInfo step) =>
        step.Decay == 0 ? slice.Gradients : slice.Gradients.add(slice.Values, alpha: step.Decay);

    /// <summary>The same step as a rule of the native file, where that has one.</summary>
    private protected virtual FusedRule? Fused(StepInfo step) => null;

    /// <summary>Whether a slice must be one whole parameter, because the method goes by each parameter's norm.</summary>
    private protected virtual bool ByParameter => false;

    private IEnumerable<FlatParameters> Parts => Groups.SelectMany(group => group.WithState).Select(part => part.Parameters);

    /// <summary>Says that the next backward is the last one before the step.</summary>
    internal void BeginReduction() => Reduction?.Begin(Parameters);

    /// <summary>Lays out anew what modules have replaced.</summary>
    internal void Follow()
    {
        foreach (FlatGroup group in Groups) group.Follow(Name);
        foreach (FlatParameters part in Parts) part.RequireOwned(Name);
    }

    private void StepPart(FlatPart part, FlatGroup group)
    {
        FlatParameters parameters = part.Parameters;
        Tensor?[] gradients = parameters.Gradients.Take();
        try
        {
            bool native = FusedSteps.Serves(parameters), gathered = false;
            foreach (FlatRun run in FlatRun.Advance(parameters, i => gradients[i] is not null, single: ByParameter && !native))
            {
                StepInfo step = new(group, group.Rate * RateFactor, run.Number);
                if (native && Fused(step) is { } rule)
                {
                    FusedSteps.Step(rule, part, run, gradients);
                    continue;
                }

                if (!gathered) parameters.Gradients.Gather();
                gathered = true;
                UpdateRun(part, run, step);
            }
        }
        finally
        {
            foreach (Tensor? gradient in gradients) gradient?.Dispose();
        }
    }

    private void UpdateRun(FlatPart part, FlatRun run, StepInfo step)
    {
        FlatSlice[] slices = part.Slices(run, whole: ByParameter);

        // Slices do not touch one another, so that who updates which changes no result.
        if (slices.Length < Shared) UpdateSlices(0, slices.Length);
        else Parallel.For(0, slices.Length, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, i => UpdateSlices(i, i + 1));

        // Recording gradients and owning temporaries are matters of a thread.
        void UpdateSlices(int first, int end)
        {
            using var noGradient = no_grad();
            using var scope = NewDisposeScope();
            for (int i = first; i < end; i++) Update(slices[i], step);
        }
    }

    // All gradients there are: where the native pass reads them in place, one by one, elsewhere gathered, a buffer for each part.
    private Tensor[] AllGradients()
    {
        Follow();
        Reduction?.Finish(Parameters);
        return [.. Parts.SelectMany(part => FusedSteps.Serves(part) && !part.IsRounded ? part.Gradients.Take().OfType<Tensor>() : [part.Gradients.Gather()])];
    }

    private static Tensor NormOf(Tensor[] gradients)
    {
        Tensor[] norms = [.. gradients.Select(gradient => gradient.norm())];
        return norms.Length == 0 ? zeros([]) : norms.Length == 1 ? norms[0] : stack(norms.Select(n => n.to(norms[0]))).norm();
    }
}
