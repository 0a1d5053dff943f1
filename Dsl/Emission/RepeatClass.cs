using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Emission;

/// <summary>Writes the module of a repeat: a list of modules, made in a loop that carries the sizes that change, and run one after the other.</summary>
internal sealed class RepeatClass(
    string className, RepeatNode repeat, IReadOnlyList<ConstructorName> known, string currentNamespace, SourceText source)
{
    private readonly CSharpValues values = new(CSharpNames.Escape, new NameTable(known.Select(k => k.Name)).Take("FloorDivide"));
    private readonly string turns =
        new NameTable([.. known.Select(k => k.Name), .. repeat.NeededSizes.Select(s => s.Name), repeat.Counter]).Take("_turns");

    public void Write(IndentedWriter writer)
    {
        // The turn is the only stage of a region of its own, so that its class, if it needs one, is nested here.
        var available = known.Concat(repeat.NeededSizes.Select(s => new ConstructorName(s.Name, "long"))).Append(new ConstructorName(repeat.Counter, "long")).ToArray();
        var names = new NameTable([className, .. ModuleClass.MemberNames]);
        var holder = new ModuleClass(className, repeat.Name, repeat.Turn, available, names, currentNamespace, source);
        var stage = repeat.Stage;
        holder.NameNested(stage, repeat.Name + "_turn");
        writer.Open($"private sealed class {className} : {ModuleTypes.BaseOf(repeat.Turn, [])}");
        writer.Line($"private readonly global::System.Collections.Generic.List<{holder.FieldType(stage)}> {turns} = new();");
        writer.Line();
        WriteConstructor(writer, holder, stage, available);
        writer.Line();
        WriteForward(writer);
        ModuleClass.WriteEnd(writer, values.UsesFloorDivide ? values.FloorDivideMethod : null);
        holder.WriteNestedClasses(writer);
        writer.Close();
    }

    private void WriteConstructor(IndentedWriter writer, ModuleClass holder, Node stage, IReadOnlyList<ConstructorName> available)
    {
        var locals = new NameTable(available.Select(a => a.Name));
        var turn = locals.Take("turn");
        var counter = CSharpNames.Escape(repeat.Counter);
        var needed = repeat.NeededSizes.ToArray();
        writer.Line($"internal {className}({string.Join(", ", known.Select(k => $"{k.Type} {CSharpNames.Escape(k.Name)}"))})");
        writer.Open($"    : base({CSharpNames.Quote(repeat.Key ?? repeat.Name)})");
        foreach (var size in needed) writer.Line($"var {CSharpNames.Escape(size.Name)} = {AsLong(values.Write(size.First))};");
        var state = repeat.IsAlike ? locals.Take("state") : null;
        if (state is not null) writer.Line($"using var {state} = {CSharpNames.Torch}.get_rng_state();");
        writer.Open($"for (long {counter} = {values.Write(repeat.Start)}; {counter} < {values.Write(repeat.End)}; {counter}++)");
        if (state is not null)
        {
            writer.Line("// Each turn draws what the first did.");
            writer.Line($"{CSharpNames.Torch}.set_rng_state({state});");
        }
        writer.Line($"var {turn} = {holder.Construct(stage, values, available)};");
        const string Number = "ToString(global::System.Globalization.CultureInfo.InvariantCulture)";
        var key = repeat.TurnName is { } prefix ? $"{CSharpNames.Quote(prefix)} + {counter}.{Number}" : $"{turns}.Count.{Number}";
        writer.Line($"{ModuleClass.Register(available)}({key}, {turn});");
        writer.Line($"{turns}.Add({turn});");
        var next = needed.Select(s => values.Write(s.Next)).ToArray();
        if (needed.Length == 1) writer.Line($"{CSharpNames.Escape(needed[0].Name)} = {next[0]};");
        if (needed.Length > 1) writer.Line($"({string.Join(", ", needed.Select(s => CSharpNames.Escape(s.Name)))}) = ({string.Join(", ", next)});");
        writer.Close();
        writer.Close();
    }

    private void WriteForward(IndentedWriter writer)
    {
        var inputs = repeat.Inputs.Select((_, i) => i == 0 ? "input" : $"input{i + 1}").ToArray();
        writer.Line("/// <inheritdoc/>");
        writer.Open($"public override {CSharpNames.Tensor} forward({string.Join(", ", inputs.Select((name, i) => $"{ModuleTypes.TypeOf(repeat.Turn.Inputs[i])} {name}"))})");
        writer.Line("var flow = input;");
        writer.Open($"foreach (var turn in {turns})");
        var taken = inputs.Skip(1).Prepend("flow").ToArray();
        // A block takes what flows in by its own order, and null for what it is not given.
        int[] places = repeat.Stage is BlockNode block
            ? [.. block.Tensors.Select(tensor => tensor is null ? -1 : repeat.Turn.Inputs.TakeWhile(i => i != tensor).Count())]
            : [.. Enumerable.Range(0, taken.Length)];
        string Arguments(Func<int, string> named) => string.Join(", ", places.Select(place => place < 0 ? "null" : named(place)));
        var call = repeat.IsCheckpointed
            ? $"{CheckpointClass.Name}.Run(new {CSharpNames.Tensor}?[] {{ {string.Join(", ", taken)} }}, new {CSharpNames.Torch}.nn.Module?[] {{ turn }}, new {CSharpNames.Tensor}?[] {{ }}, "
                + $"turnFlow => new {CSharpNames.Tensor}[] {{ turn.call({Arguments(i => $"turnFlow[{i}]")}) }})[0]"
            : $"turn.call({Arguments(i => taken[i])})";
        writer.Line($"var next = {call};  // {Shown(repeat.Turn.Results[0].Type)}");
        writer.Line("if (!ReferenceEquals(flow, input)) flow.Dispose();");
        writer.Line("flow = next;");
        writer.Close();
        var result = repeat.Stage is GroupNode { Place: not null } ? $"{PlacementClass.Name}.Back(flow, input.device)" : "flow";
        writer.Line($"return ReferenceEquals(flow, input) ? input.alias() : {result};");
        writer.Close();
    }

    // A size that changes from turn to turn has no one text.
    private static string Shown(TensorType type) =>
        $"[{string.Join(", ", type.Dims.Select(d => d.Symbols.Any(s => s.Kind == DimSymbolKind.Loop) ? "_" : d.ToString()))}]";

    private static string AsLong(string expression) => long.TryParse(expression, out _) ? expression + "L" : expression;
}
