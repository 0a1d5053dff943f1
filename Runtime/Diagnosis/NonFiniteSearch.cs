using Dlm.Runtime.Data;
using Dlm.Runtime.Metrics;
using Dlm.Runtime.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dlm.Runtime.Diagnosis;

/// <summary>Finds out where the numbers of a training step go wrong: in its batch, in the parameters, or in a module, by making the step again.</summary>
/// <param name="objective">What was trained.</param>
/// <param name="batch">The batch, where the networks are.</param>
internal sealed class NonFiniteSearch(Objective objective, Batch batch)
{
    private readonly List<string> _findings = [];
    private (string Path, string Class, long Others, long All)? _module;

    /// <summary>The first module whose output was not finite: its path and class.</summary>
    public string? Module => _module is { } module ? $"{Quoted(module.Path)} ({module.Class})" : null;

    /// <summary>The first parameter that is not finite.</summary>
    public string? Parameter { get; private set; }

    /// <summary>What was found, in sentences.</summary>
    public string Findings => string.Join(" ", _findings);

    /// <summary>The path of a parameter of an objective's networks: "conv1.weight", or "generator.conv1.weight".</summary>
    public static string NameOf(Objective objective, Parameter parameter) => AllParameters(objective).First(own => ReferenceEquals(own.Value, parameter)).Name;

    /// <summary>Looks at the batch and the parameters; says whether the latter are finite.</summary>
    /// <param name="first">Whether no step has been made yet.</param>
    public bool LookAtNumbers(bool first)
    {
        foreach (string field in batch.Names.Where(name => FiniteNumbers.CountOthers(batch[name]) > 0))
        {
            string where = batch[field].shape is [var rows, ..] && rows == batch.Count
                ? $", in the samples {IndexText.Of([.. FiniteNumbers.RowsWithOthers(batch[field]).Select(row => batch.Indices[row])])}"
                : "";
            _findings.Add($"The batch itself has numbers that are not finite: its '{field}'{where}.");
        }

        string[] names = [.. AllParameters(objective).Where(parameter => FiniteNumbers.CountOthers(parameter.Value) > 0).Select(parameter => parameter.Name)];
        if (names is not [var name, ..]) return true;
        Parameter = name;
        string more = names.Length > 1 ? $", nor are {names.Length - 1} more" : "";
        string why = first
            ? "they were so before the first step"
            : "the gradients of an earlier step were not. DetectAnomaly = true stops at that step, before the parameters change";
        _findings.Add($"The parameter '{name}' is not finite{more}: {why}.");
        return false;
    }

    /// <summary>Makes the step again without learning from it, and listens to every module.</summary>
    /// <param name="watch">What watched the step, and knows how to go back to its random state.</param>
    public void LookAtModules(LossWatch watch)
    {
        IEnumerable<(string, nn.Module)> modules = objective.Networks.SelectMany(n =>
            n.Network.named_modules().Select(inner => (Join(n.Name, inner.name), inner.module)).Append((n.Name, n.Network)));
        IMetric[] metrics = [.. objective.Metrics.Select(metric => metric.Fresh())];
        bool finite = true;
        watch.Rewind();
        using (new ForwardHooks(modules, Listen))
        using (NewDisposeScope())
        using (LossWatch trace = LossWatch.Trace())
        {
            try
            {
                // An objective that steps by means of its own would learn again; judging goes through the same modules.
                Tensor[] losses = watch.Asked
                    ? objective.TrainStep(batch, metrics, new StepPlan(1, Update: true, ClipNorm: null) { Watch = trace })
                    : objective.EvaluateStep(batch, metrics);
                finite = losses.All(loss => FiniteNumbers.CountOthers(loss) == 0);
            }
            catch (NonFiniteNumber)
            {
                finite = false;
            }
        }

        foreach (IMetric metric in metrics) metric.Dispose();
        _findings.Add(_module is { } module ? $"The first module whose output was not finite is {Module}: {module.Others:n0} of {module.All:n0} values."
            : finite ? "When the step was made again, all was finite: chance has a part in it."
            : "The outputs of all modules were finite: the numbers go wrong in the loss that is made of them.");
    }

    /// <summary>Says something before what is found next.</summary>
    public void Say(string sentence) => _findings.Add(sentence);

    private void Listen(string path, nn.Module module, IReadOnlyList<Tensor> outputs)
    {
        if (_module is not null) return;
        long others = outputs.Sum(FiniteNumbers.CountOthers);
        if (others > 0) _module = (path, module.GetType().Name, others, outputs.Sum(output => output.numel()));
    }

    private static IEnumerable<(string Name, Parameter Value)> AllParameters(Objective objective) =>
        objective.Networks.SelectMany(n => n.Network.named_parameters().Select(own => (Join(n.Name, own.name), own.parameter)));

    private static string Join(string network, string key) => network.Length == 0 ? key : key.Length == 0 ? network : $"{network}.{key}";

    private static string Quoted(string path) => path.Length == 0 ? "the network" : $"'{path}'";
}
