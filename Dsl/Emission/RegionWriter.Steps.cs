using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Emission;

internal sealed partial class RegionWriter
{
    /// <summary>The tensors by which something is differentiated and which no parameter leads to: they have to be told.</summary>
    public ISet<GraphValue> Leaves { get; init; } = new HashSet<GraphValue>();

    /// <summary>The figures that only some steps compute, by the tensors that they are.</summary>
    public ILookup<GraphValue, string> Occasional { get; init; } = Array.Empty<int>().ToLookup(_ => (GraphValue)null!, _ => "");

    /// <summary>The sizes that only a network knows, and that are read off what it gives.</summary>
    public ISet<string> NetworkSizes { get; init; } = new HashSet<string>();

    private ObjectiveClass Objective => (ObjectiveClass)owner;

    private void AddStep(Node node)
    {
        switch (node)
        {
            case MinimizeNode minimize:
                AddMinimize(minimize);
                break;
            case FigureNode figure:
                KeepOccasional(figure.Inputs[0]);
                break;
            case UpdateNode update:
                AddUpdate(update);
                break;
            case CarryNode carry:
                AddMapped(carry, $"Carry({CSharpNames.Quote(carry.Name)}, {locals[carry.Inputs[0]]}, plan);");
                break;
            default:
                var every = (EveryNode)node;
                Open($"if (IsDue({values.Write(every.Period)}, plan))");
                Add(every.Body);
                Close();
                break;
        }
    }

    private void AddMinimize(MinimizeNode node)
    {
        var limits = "";
        if (node.Limits.Norm is { } norm) limits += $".Clipping({values.Write(norm)})";
        if (node.Limits.Value is { } value) limits += $".ClippingValues({values.Write(value)})";
        var plan = limits.Length > 0 ? "plan?" + limits : "plan";
        var optimizers = string.Join(", ", node.Networks.Select(Objective.OptimizerField));
        AddMapped(node, $"Minimize({locals[node.Loss]}, {plan}, {(node.KeepsGraph ? "keepsGraph: true" : "keepsGraph: false")}, {optimizers});");
        KeepOccasional(node.Loss);
    }

    private void KeepOccasional(GraphValue value)
    {
        foreach (var name in Occasional[value]) AddLine($"Keep({CSharpNames.Quote(name)}, {locals[value]}, plan);");
    }

    private void AddUpdate(UpdateNode node)
    {
        var (source, target) = (Objective.NetworkField(node.Source), Objective.NetworkField(node.Target));
        AddMapped(node, node.Kind switch
        {
            UpdateKind.Copy => $"Copy({source}, {target}, plan);",
            UpdateKind.Average => $"Average({source}, {target}, {values.Write(node.Argument!)}, plan);",
            _ => $"Clamp({target}, {values.Write(node.Argument!)}, plan);",
        });
    }

    private void AddMapped(Node node, string code)
    {
        if (CanMapLines) lines.Add((LineDirective(node.Span), null));
        AddLine(code);
    }

    private void ReadSizes(Node node)
    {
        foreach (var output in node.Outputs)
        {
            for (var i = 0; i < output.Type.Rank; i++)
            {
                if (output.Type[i].AsSymbol is not { } symbol || !NetworkSizes.Remove(symbol.Name)) continue;
                var size = TakeName("size" + CSharpNames.Pascal(symbol.Name.Replace('.', '_')));
                AddLine($"var {size} = {locals[output]}.shape[{i}];");
                values = values.Extending(new Dictionary<string, string>(StringComparer.Ordinal) { [symbol.Name] = size });
            }
        }
    }

    private void MarkLeaves(Node node)
    {
        foreach (var output in node.Outputs.Where(Leaves.Contains)) AddLine($"{locals[output]}.requires_grad_();");
    }
}
