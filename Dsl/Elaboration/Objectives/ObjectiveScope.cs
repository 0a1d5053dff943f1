using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Elaboration;

/// <summary>What the statements of an objective see besides values, and what a step of it gives.</summary>
/// <param name="networks">The networks, with the arguments they are taken to have.</param>
internal sealed class ObjectiveScope(IReadOnlyList<(ObjectiveNetwork Network, IReadOnlyDictionary<string, StaticValue> Arguments)> networks)
{
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly List<int> unnamed = [];

    /// <summary>What the step gives so far.</summary>
    public List<ObjectiveFigure> Figures { get; } = [];

    /// <summary>The tensors that it gives beside them.</summary>
    public List<ObjectiveOutput> Outputs { get; } = [];

    /// <summary>Whether the statement at work stands in an <c>every</c>.</summary>
    public bool IsOccasional { get; set; }

    /// <summary>The names of the networks.</summary>
    public IEnumerable<string> NetworkNames => networks.Select(n => n.Network.Name);

    /// <summary>The network of a name, or null.</summary>
    public ObjectiveNetwork? Find(string name) => networks.FirstOrDefault(n => n.Network.Name == name).Network;

    /// <summary>What the parameters of a network are taken to be.</summary>
    public IReadOnlyDictionary<string, StaticValue> ArgumentsOf(ObjectiveNetwork network) => networks.First(n => n.Network == network).Arguments;

    /// <summary>Adds a figure; of two with one name the second gets a number.</summary>
    public void AddFigure(string name, GraphValue value, bool isLoss, bool isNamed = true)
    {
        Figures.Add(new ObjectiveFigure(FreeName(name), value, isLoss, IsOccasional));
        if (!isNamed) unnamed.Add(Figures.Count - 1);
    }

    /// <summary>Adds a tensor that the step gives.</summary>
    public void AddOutput(string name, GraphValue value) => Outputs.Add(new ObjectiveOutput(FreeName(name), value));

    /// <summary>Where there is one loss and nobody has named it, it is called so.</summary>
    public void NameOnlyLoss()
    {
        if (Figures.Count(f => f.IsLoss) == 1 && unnamed.Count == 1 && !names.Contains("loss")) Figures[unnamed[0]] = Figures[unnamed[0]] with { Name = "loss" };
    }

    private string FreeName(string name)
    {
        var free = name;
        for (var i = 2; !names.Add(free); i++) free = $"{name}{i}";
        return free;
    }
}
