using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Emission;

/// <summary>
/// Writes the class of an objective: its networks and their optimizers, a <c>Step</c> with the inputs that the file names, and the record of
/// what a step measures. The statements of the step are one method, line by line as in the file.
/// </summary>
internal sealed class ObjectiveClass : IRegionOwner
{
    /// <summary>Members that the class has besides its fields, by which it cannot be called.</summary>
    public static readonly string[] MemberNames = ["Step", "Judge", "Run", "LossNames", "MeasureNames", MeasuresName, "FloorDivide"];

    private const string MeasuresName = "Measures";
    private const string Training = "global::Dlm.Runtime.Training";
    private const string OptimizerType = "global::Dlm.Runtime.Optimizers.Optimizer";

    private readonly ElaboratedObjective objective;
    private readonly SourceText source;
    private readonly IndentedWriter writer;
    private readonly string className;
    private readonly NameTable fields = new(MemberNames);
    private readonly NameTable parameters;
    private readonly Dictionary<ObjectiveNetwork, string> networkFields = [];
    private readonly Dictionary<ObjectiveNetwork, string> optimizerFields = [];
    private readonly Dictionary<string, string> valueFields = new(StringComparer.Ordinal);
    private readonly CSharpValues constructorValues;
    private readonly CSharpValues stepValues;

    public ObjectiveClass(ElaboratedObjective objective, SourceText source, IndentedWriter writer)
    {
        (this.objective, this.source, this.writer) = (objective, source, writer);
        className = CSharpNames.Escape(objective.Name);
        foreach (var network in objective.Networks) networkFields[network] = fields.Take("_" + network.Name);
        foreach (var network in objective.Stepped) optimizerFields[network] = fields.Take($"_{network.Name}Optimizer");
        parameters = new NameTable(objective.Networks.Select(n => n.Name).Concat(objective.OpenParameters.Select(p => p.Name)));
        constructorValues = new CSharpValues(CSharpNames.Escape, "FloorDivide");
        stepValues = new CSharpValues(name => valueFields[name], "FloorDivide");
        var mentioned = new HashSet<string>(Mentions.Concat(InputMentions).Select(ConstructorName.BaseOf), StringComparer.Ordinal);
        foreach (var parameter in objective.OpenParameters.Where(p => mentioned.Contains(p.Name))) valueFields[parameter.Name] = fields.Take("_" + parameter.Name);
    }

    /// <summary>The field of a network.</summary>
    public string NetworkField(ObjectiveNetwork network) => networkFields[network];

    /// <summary>The field of what steps a network.</summary>
    public string OptimizerField(ObjectiveNetwork network) => optimizerFields[network];

    /// <inheritdoc/>
    public string FieldOf(Node node) => stepValues.Write(((IfNode)node).Condition!);

    /// <inheritdoc/>
    public bool IsInBranch(Node node) => false;

    /// <inheritdoc/>
    public IEnumerable<string> FieldsIn(Region piece) => [];

    private IReadOnlyList<GraphValue> Inputs => objective.Body.Inputs;

    private IEnumerable<string> Mentions => objective.Body.AllNodes().SelectMany(n => n.Mentions);

    private IEnumerable<string> InputMentions => Inputs.SelectMany(i => i.Type.Dims).SelectMany(d => d.Symbols).Where(s => s.Kind == DimSymbolKind.Parameter).Select(s => s.Name)
        .Concat(objective.InputChecks.SelectMany(c => c.Condition.Parameters.Concat(Condition.SymbolsOf(c.Condition).Select(s => s.Name))));

    public void Write()
    {
        XmlDoc.Element(writer, "summary", objective.Documentation.Count > 0 ? objective.Documentation.Select(XmlDoc.Escape).ToArray() : [XmlDoc.Escape(objective.Name) + "."]);
        XmlDoc.Element(writer, "remarks", [$"Takes <c>({XmlDoc.Escape(string.Join(", ", Inputs.Select(i => $"{i.Name ?? "input"}: {i.Type}")))})</c>; steps {string.Join(", ", objective.Stepped.Select(n => XmlDoc.Escape(n.Name)))}."]);
        writer.Open($"public sealed partial class {className} : {Training}.ComposedObjective");
        foreach (var pair in networkFields) writer.Line($"private readonly {ClassOf(pair.Key)} {pair.Value};");
        foreach (var pair in optimizerFields) writer.Line($"private readonly {OptimizerType} {pair.Value};");
        foreach (var pair in valueFields) writer.Line($"private readonly {ConstructorName.TypeOf(objective.OpenParameters.First(p => p.Name == pair.Key).Type)} {pair.Value};");
        writer.Line();
        WriteConstructor();
        writer.Line();
        WriteCalls();
        writer.Line();
        WriteRun();
        if (constructorValues.UsesFloorDivide || stepValues.UsesFloorDivide)
        {
            writer.Line();
            writer.Line(constructorValues.FloorDivideMethod);
        }
        writer.Line();
        WriteMeasures();
        writer.Close();
    }

    private string ClassOf(ObjectiveNetwork network) => ModuleTypes.ClassOf(network.Model, objective.Namespace);

    private void WriteConstructor()
    {
        var optimizers = objective.Stepped.ToDictionary(n => n, n => parameters.Take($"{n.Name}Optimizer"));
        writer.Line("/// <summary>Makes the objective for networks that are there, on the device they are trained on.</summary>");
        foreach (var network in objective.Networks)
        {
            var role = network.IsFrozen ? "Is not trained: no gradient changes it, and it is in evaluation mode." : optimizers.ContainsKey(network) ? "Is trained." : "Changes without a gradient.";
            writer.Line($"/// <param name=\"{network.Name}\">{role}</param>");
        }
        foreach (var pair in optimizers) writer.Line($"/// <param name=\"{pair.Value}\">Steps the parameters of <paramref name=\"{pair.Key.Name}\"/>.</param>");
        foreach (var parameter in objective.OpenParameters) writer.Line($"/// <param name=\"{parameter.Name}\">{ConstructorName.Describe(parameter)}</param>");
        var list = objective.Networks.Select(n => $"{ClassOf(n)} {CSharpNames.Escape(n.Name)}")
            .Concat(optimizers.Select(o => $"{OptimizerType} {CSharpNames.Escape(o.Value)}"))
            .Concat(objective.OpenParameters.Select(p => $"{ConstructorName.TypeOf(p.Type)} {CSharpNames.Escape(p.Name)}{(p.Default is null or ListValue ? "" : $" = {constructorValues.Write(p.Default)}")}"));
        writer.Open($"public {className}({string.Join(", ", list)})");
        foreach (var parameter in objective.OpenParameters.Where(p => p.Type == ParameterType.IntList)) ClaimText.WriteLengthCheck(writer, objective.Name, parameter);
        foreach (var check in objective.Checks) ClaimText.WriteCheck(writer, objective.Name, check, constructorValues);
        foreach (var network in objective.Networks)
        {
            var (key, name) = (CSharpNames.Quote(network.Name), CSharpNames.Escape(network.Name));
            if (optimizers.TryGetValue(network, out var optimizer))
            {
                writer.Line($"{networkFields[network]} = Add({key}, {name}, {CSharpNames.Escape(optimizer)});");
                writer.Line($"{optimizerFields[network]} = {CSharpNames.Escape(optimizer)};");
            }
            else
            {
                writer.Line($"{networkFields[network]} = Add({key}, {name}, isFrozen: {(network.IsFrozen ? "true" : "false")});");
            }
        }
        foreach (var pair in valueFields) writer.Line($"{pair.Value} = {CSharpNames.Escape(pair.Key)};");
        foreach (var state in objective.Carried) new StateWriter(this, state, parameters, constructorValues, source).WriteValue(writer, local => $"AddCarried({CSharpNames.Quote(state.Name)}, {local});");
        writer.Close();
    }

    private void WriteCalls()
    {
        var names = new NameTable(["plan", .. fields.Taken]);
        var inputs = Inputs.Select(i => CSharpNames.Escape(names.Take(i.Name ?? "input"))).ToArray();
        var list = string.Join(", ", inputs.Select(i => $"{CSharpNames.Tensor} {i}"));
        var given = string.Join(", ", inputs);
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override global::System.Collections.Generic.IReadOnlyList<string> LossNames {{ get; }} = new[] {{ {string.Join(", ", objective.Figures.Select(f => CSharpNames.Quote(f.Name)))} }};");
        if (objective.Figures.Any(f => !f.IsLoss))
        {
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line($"public override global::System.Collections.Generic.IReadOnlyList<string> MeasureNames {{ get; }} = new[] {{ {string.Join(", ", objective.Figures.Where(f => !f.IsLoss).Select(f => CSharpNames.Quote(f.Name)))} }};");
        }
        writer.Line();
        writer.Line("/// <summary>Learns from a batch: one step of each optimizer, in the order of the file.</summary>");
        WriteInputDocumentation(inputs);
        writer.Line($"/// <returns>What was measured on the way, of the parameters as they were then. The caller disposes it.</returns>");
        writer.Line($"public {MeasuresName} Step({list}) => {MeasuresName}.Of(Learn({Training}.StepPlan.Whole, plan => Run({given}{(given.Length > 0 ? ", " : "")}plan)));");
        writer.Line();
        writer.Line("/// <summary>Measures a batch in evaluation mode, and learns nothing from it.</summary>");
        WriteInputDocumentation(inputs);
        writer.Line($"/// <returns>What was measured. The caller disposes it.</returns>");
        writer.Line($"public {MeasuresName} Judge({list}) => {MeasuresName}.Of(Judge(() => Run({given}{(given.Length > 0 ? ", " : "")}null)));");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        var fromBatch = Inputs.Select((input, i) => $"Of(batch, {CSharpNames.Quote(input.Name ?? "input")}, {i})");
        writer.Line($"protected override {CSharpNames.Tensor}[] Run(global::Dlm.Runtime.Data.Batch batch, {Training}.StepPlan? plan) => Run({string.Join(", ", fromBatch.Append("plan"))}){(objective.Outputs.Count > 0 ? $"[..{objective.Figures.Count}]" : "")};");
    }

    private void WriteInputDocumentation(string[] inputs)
    {
        foreach (var (name, input) in inputs.Zip(Inputs, (name, input) => (name, input))) writer.Line($"/// <param name=\"{name.TrimStart('@')}\"><c>{XmlDoc.Escape(input.Type.ToString())}</c></param>");
    }

    private void WriteRun()
    {
        var names = new NameTable(["plan", "batch", .. fields.Taken]);
        var inputs = Inputs.ToDictionary(i => i, i => CSharpNames.Escape(names.Take(i.Name ?? "input")));
        writer.Open($"private {CSharpNames.Tensor}[] Run({string.Join(", ", inputs.Values.Select(i => $"{CSharpNames.Tensor} {i}").Append($"{Training}.StepPlan? plan"))})");
        new InputCheck(objective.Name, Inputs.Select(i => (inputs[i], i)).ToArray(), objective.InputChecks, names, stepValues).Write(writer);
        var leaves = LeavesOf();
        if (objective.Body.AllNodes().Any(n => n is GradientNode)) writer.Line($"using var {names.Take("recording")} = {CSharpNames.Torch}.enable_grad();");
        var sizes = ReadSizes(inputs, names);
        var occasional = objective.Figures.Where(f => f.IsOccasional).ToLookup(f => f.Value, f => f.Name);
        var stages = new RegionWriter(this, names, sizes.Count > 0 ? stepValues.Extending(sizes) : stepValues, source)
        {
            Leaves = leaves,
            Occasional = occasional,
            NetworkSizes = new HashSet<string>(Mentions.Where(m => m.Contains('.')), StringComparer.Ordinal),
        };
        foreach (var input in Inputs)
        {
            if (!leaves.Contains(input))
            {
                stages.Declare(input, inputs[input]);
                continue;
            }
            var leaf = names.Take((input.Name ?? "input") + "Leaf");
            writer.Line($"var {leaf} = {inputs[input]}.detach().requires_grad_();");
            stages.Declare(input, leaf);
        }
        stages.Add(objective.Body);
        var given = objective.Figures.Select(f => f.IsOccasional ? $"Kept({CSharpNames.Quote(f.Name)}, plan)" : $"{stages.LocalOf(f.Value)}.detach()")
            .Concat(objective.Outputs.Select(o => $"{stages.LocalOf(o.Value)}.detach()"));
        stages.AddLine($"return new {CSharpNames.Tensor}[] {{ {string.Join(", ", given)} }};");
        writer.Aligned(stages.Lines);
        writer.Close();
    }

    // What is differentiated by must record it, where no parameter makes it do so anyway.
    private HashSet<GraphValue> LeavesOf()
    {
        var flow = objective.Flow;
        return new HashSet<GraphValue>(flow.Order.OfType<GradientNode>().Select(g => g.By).Where(v => flow.CallsBehind(v).All(c => c.Network.IsFrozen) && v.Producer is not GradientNode));
    }

    private Dictionary<string, string> ReadSizes(IReadOnlyDictionary<GraphValue, string> inputs, NameTable names)
    {
        var sizes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Mentions.Where(m => !valueFields.ContainsKey(m)).Distinct())
        {
            var place = Inputs.SelectMany(i => Enumerable.Range(0, i.Type.Rank).Select(d => (Input: i, Index: d))).FirstOrDefault(p => p.Input.Type[p.Index].AsSymbol?.Name == name);
            if (place.Input is null) continue;
            sizes[name] = CSharpNames.Escape(names.Take("size" + name));
            writer.Line($"var {sizes[name]} = {inputs[place.Input]}.shape[{(place.Input.Type.HasAnyRank ? $"^{place.Input.Type.Rank - place.Index}" : $"{place.Index}")}];");
        }
        return sizes;
    }

    private void WriteMeasures()
    {
        var names = new NameTable([MeasuresName, "Of", "Dispose", "ToString", "Equals", "GetHashCode", "Deconstruct", "PrintMembers", "EqualityContract", "GetType", "MemberwiseClone"]);
        var figures = objective.Figures.Select(f => names.Take(CSharpNames.Pascal(f.Name))).ToArray();
        var outputs = objective.Outputs.Select(o => names.Take(CSharpNames.Pascal(o.Name))).ToArray();
        string[] properties = [.. figures, .. outputs];
        writer.Line($"/// <summary>What a step measures{(objective.Outputs.Count > 0 ? " and gives" : "")}: {(objective.Outputs.Count > 0 ? "tensors" : "tensors without dimensions")}, which are read back from the device only when somebody does.</summary>");
        foreach (var (property, figure) in figures.Zip(objective.Figures, (p, f) => (p, f)))
        {
            var what = figure.IsLoss ? "A loss" : "A metric";
            writer.Line($"/// <param name=\"{property}\">{what}, <c>[]</c>{(figure.IsOccasional ? "; between the steps that compute it the last one, at first 0" : "")}.</param>");
        }
        foreach (var (property, output) in outputs.Zip(objective.Outputs, (p, o) => (p, o)))
        {
            writer.Line($"/// <param name=\"{property}\">An output, <c>{XmlDoc.Escape(output.Value.Type.ToString())}</c>, without its gradient.</param>");
        }
        writer.Open($"public sealed record {MeasuresName}({string.Join(", ", properties.Select(p => $"{CSharpNames.Tensor} {p}"))}) : global::System.IDisposable");
        writer.Line($"internal static {MeasuresName} Of({CSharpNames.Tensor}[] figures) => new({string.Join(", ", properties.Select((_, i) => $"figures[{i}]"))});");
        writer.Line();
        writer.Line("/// <summary>Frees the tensors.</summary>");
        writer.Open("public void Dispose()");
        foreach (var property in properties) writer.Line($"{property}.Dispose();");
        writer.Close();
        writer.Line();
        writer.Line("/// <summary>The names and values.</summary>");
        writer.Line($"public override string ToString() => Shown({string.Join(", ", figures.Zip(objective.Figures, (p, f) => $"({CSharpNames.Quote(f.Name)}, {p})"))});");
        writer.Close();
    }
}
