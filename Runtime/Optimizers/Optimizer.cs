using System.Globalization;
using Dlm.Runtime.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

/// <summary>
/// Changes parameters along their gradients. The parameters of a group lie in one buffer (<see cref="FlatParameters"/>), so a
/// step is a handful of operations, however many parameters there are.
/// </summary>
/// <remarks>
/// Make an optimizer after its network is on the device it will be trained on. Unlike PyTorch's, a step changes every
/// parameter of the optimizer, one that the loss did not reach as if its gradient were zero.
/// </remarks>
public abstract class Optimizer : IDisposable
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
        List<(ParameterGroup Group, FlatParameters[] Parts)> laid = [];
        foreach (ParameterGroup group in groups)
        {
            (string Name, Parameter Parameter)[] parameters = [.. group.Parameters.Where(p => p.Parameter.requires_grad && seen.Add(p.Parameter))];
            if (parameters.Length == 0) throw new ArgumentException("A parameter group has no parameter that requires a gradient and is in no earlier group.", nameof(groups));
            foreach ((string name, _) in parameters)
            {
                if (!names.Add(name)) throw new ArgumentException($"Two parameters are called '{name}'; give those of one network a prefix.", nameof(groups));
            }

            laid.Add((group, [.. parameters.GroupBy(p => (p.Parameter.dtype, p.Parameter.device_type, p.Parameter.device_index)).Select(same => new FlatParameters([.. same]))]));
        }

        Parameters = [.. seen];
        Groups = [.. laid.Select(l => new FlatGroup(l.Parts, stateNames, l.Group.Rate ?? rate, l.Group.WeightDecay ?? weightDecay))];
    }

    /// <summary>What every group's rate is multiplied by: a schedule sets it from step to step.</summary>
    public double RateFactor { get; set; } = 1;

    /// <summary>The parameter groups, in the order in which they were given.</summary>
    public IReadOnlyList<FlatGroup> Groups { get; }

    /// <summary>All parameters, each once.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>How many steps have been made.</summary>
    public long Steps { get; private set; }

    /// <summary>The names of the buffers that the method keeps beside the parameters.</summary>
    public IReadOnlyList<string> StateNames { get; }

    /// <summary>The method's name.</summary>
    public string Name => GetType().Name;

    /// <summary>Changes every parameter once, along its gradient.</summary>
    /// <exception cref="InvalidOperationException">A parameter was replaced after the optimizer was made; the message says how to mend it.</exception>
    public void Step()
    {
        foreach (FlatParameters part in Parts) part.GatherGradients(Name);

        Steps++;
        foreach (FlatGroup group in Groups)
        {
            // Slices do not touch one another, so that who updates which changes no result.
            if (group.Slices.Count < Shared) UpdateSlices(0, group.Slices.Count);
            else Parallel.For(0, group.Slices.Count, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, i => UpdateSlices(i, i + 1));

            // Recording gradients and owning temporaries are matters of a thread.
            void UpdateSlices(int first, int end)
            {
                using var noGradient = no_grad();
                using var scope = NewDisposeScope();
                for (int i = first; i < end; i++) Update(group.Slices[i], group, group.Rate * RateFactor);
            }
        }
    }

    /// <summary>Sets every gradient to zero.</summary>
    public void ZeroGradients()
    {
        foreach (FlatParameters part in Parts) part.Gradients.zero_();
    }

    /// <summary>
    /// Shrinks all gradients by one factor so that their norm is at most <paramref name="largest"/> (Pascanu et al., 2013), as
    /// <c>torch.nn.utils.clip_grad_norm_</c> does. Nothing is read back from the device.
    /// </summary>
    /// <returns>The norm before, a tensor without dimensions that the caller disposes.</returns>
    public Tensor ClipGradientNorm(double largest)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(largest);
        foreach (FlatParameters part in Parts) part.GatherGradients(Name);

        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        Tensor[] norms = [.. Parts.Select(part => part.Gradients.norm())];
        Tensor norm = norms.Length == 1 ? norms[0] : stack(norms.Select(n => n.to(norms[0]))).norm();
        Tensor factor = (largest / (norm + 1e-6)).clamp_max_(1.0);
        foreach (FlatParameters part in Parts) part.Gradients.mul_(factor.to(part.Gradients));
        return norm.MoveToOuterDisposeScope();
    }

    /// <summary>Writes what must be kept to go on as if nothing had happened.</summary>
    /// <param name="state">Where to.</param>
    /// <param name="prefix">Leads every key: <c>prefix/exp_avg/conv1.weight</c>.</param>
    public void Save(CheckpointState state, string prefix)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set($"{prefix}/method", Name);
        state.Set($"{prefix}/steps", Steps);
        for (int g = 0; g < Groups.Count; g++)
        {
            state.Set($"{prefix}/rate/{g}", Groups[g].Rate);
            state.Set($"{prefix}/weight_decay/{g}", Groups[g].WeightDecay);
        }

        foreach ((string key, Tensor view) in StateViews(prefix)) state.Add(key, view);
    }

    /// <summary>Takes up what <see cref="Save"/> wrote.</summary>
    /// <exception cref="CheckpointException">It was written for another method or for other parameters.</exception>
    public void Load(CheckpointState state, string prefix)
    {
        ArgumentNullException.ThrowIfNull(state);
        string method = state.Text($"{prefix}/method");
        if (method != Name) throw state.Error($"it was written by {method}, and the run uses {Name}", $"Train with {method}, or start afresh.");

        using var noGradient = no_grad();
        foreach ((string key, Tensor view) in StateViews(prefix))
        {
            using (view) state.CopyTo(key, view);
        }

        Steps = state.Integer($"{prefix}/steps");
        for (int g = 0; g < Groups.Count; g++)
        {
            Groups[g].Rate = state.Number($"{prefix}/rate/{g}");
            Groups[g].WeightDecay = state.Number($"{prefix}/weight_decay/{g}");
        }
    }

    /// <summary>Frees the buffers; the parameters keep their values and can be given to another optimizer.</summary>
    public void Dispose()
    {
        foreach (FlatGroup group in Groups) group.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes step number <see cref="Steps"/> (the first is 1) on one slice, in place. Gradients are not recorded; temporaries need no disposal.</summary>
    /// <param name="slice">The parameters.</param>
    /// <param name="group">The settings of their group.</param>
    /// <param name="rate">The learning rate of this step.</param>
    protected abstract void Update(FlatSlice slice, FlatGroup group, double rate);

    private IEnumerable<FlatParameters> Parts => Groups.SelectMany(group => group.Parts);

    private IEnumerable<(string Key, Tensor View)> StateViews(string prefix) =>
        from @group in Groups
        from p in Enumerable.Range(0, @group.Parts.Count)
        from s in Enumerable.Range(0, StateNames.Count)
        from i in Enumerable.Range(0, @group.Parts[p].Names.Count)
        select (string.Create(CultureInfo.InvariantCulture, $"{prefix}/{StateNames[s]}/{@group.Parts[p].Names[i]}"), @group.Parts[p].View(@group.State[p][s], i));
}
