using System.Globalization;
using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Optimizers.Flat;
using static TorchSharp.torch;

namespace Dlm.Runtime.Optimizers;

public abstract partial class Optimizer
{
    /// <summary>Writes what must be kept to go on as if nothing had happened.</summary>
    /// <param name="state">Where to.</param>
    /// <param name="prefix">Leads every key: <c>prefix/exp_avg/conv1.weight</c>.</param>
    public void Save(CheckpointState state, string prefix)
    {
        ArgumentNullException.ThrowIfNull(state);
        Follow();
        state.Set($"{prefix}/method", Name);
        state.Set($"{prefix}/steps", Steps);
        for (int g = 0; g < Groups.Count; g++)
        {
            state.Set($"{prefix}/rate/{g}", Groups[g].Rate);
            state.Set($"{prefix}/weight_decay/{g}", Groups[g].WeightDecay);
        }

        Scaler?.Save(state, $"{prefix}/scaler");
        foreach ((FlatParameters part, int i) in Places())
        {
            if (part.StepsOf[i] != Steps) state.Set(StepsKey(prefix, part.Names[i]), part.StepsOf[i]);
        }

        foreach ((string key, Tensor view) in StateViews(prefix)) state.Add(key, view);
    }

    /// <summary>Takes up what <see cref="Save"/> wrote.</summary>
    /// <exception cref="CheckpointException">It was written for another method or for other parameters.</exception>
    public void Load(CheckpointState state, string prefix)
    {
        ArgumentNullException.ThrowIfNull(state);
        Follow();
        string method = state.Text($"{prefix}/method");
        if (method != Name) throw state.Error($"it was written by {method}, and the run uses {Name}", $"Train with {method}, or start afresh.");

        using var noGradient = no_grad();
        foreach ((string key, Tensor view) in StateViews(prefix))
        {
            using (view) state.CopyTo(key, view);
        }

        if (state.Has($"{prefix}/scaler/scale")) Scaler?.Load(state, $"{prefix}/scaler");
        Steps = state.Integer($"{prefix}/steps");
        foreach ((FlatParameters part, int i) in Places())
        {
            string key = StepsKey(prefix, part.Names[i]);
            part.StepsOf[i] = state.Has(key) ? state.Integer(key) : Steps;
        }

        for (int g = 0; g < Groups.Count; g++)
        {
            Groups[g].Rate = state.Number($"{prefix}/rate/{g}");
            Groups[g].WeightDecay = state.Number($"{prefix}/weight_decay/{g}");
        }
    }

    private static string StepsKey(string prefix, string name) => $"{prefix}/steps/{name}";

    private IEnumerable<(FlatParameters Part, int Index)> Places() =>
        from part in Parts
        from i in Enumerable.Range(0, part.Names.Count)
        select (part, i);

    private IEnumerable<(string Key, Tensor View)> StateViews(string prefix) =>
        from part in Groups.SelectMany(g => g.WithState)
        from s in Enumerable.Range(0, StateNames.Count)
        from i in Enumerable.Range(0, part.Parameters.Names.Count)
        select (string.Create(CultureInfo.InvariantCulture, $"{prefix}/{StateNames[s]}/{part.Parameters.Names[i]}"), part.Parameters.View(part.State[s], i));
}
