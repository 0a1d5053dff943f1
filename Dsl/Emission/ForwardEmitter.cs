using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Emission;

/// <summary>Writes <c>forward</c> with its documentation, the check of what flows in, and the stages of a <see cref="RegionWriter"/>.</summary>
internal sealed class ForwardEmitter(ModuleClass module, Region region, CSharpValues values, SourceText source)
{
    private readonly NameTable names = new(module.NamesForwardUses);

    private bool IsModel => module.Block is { IsModel: true };

    public void Write(IndentedWriter writer)
    {
        var inputs = region.Inputs.ToDictionary(i => i, i => CSharpNames.Escape(names.Take(module.Block is null ? "input" : i.Name ?? "input")));
        if (module.Block is null) writer.Line("/// <inheritdoc/>");
        else WriteDocumentation(writer, inputs);
        var parameters = region.Inputs.Select(i => $"{ModuleTypes.TypeOf(i)} {inputs[i]}");
        writer.Open($"public override {ModuleTypes.ResultOf(region, module.Block?.ResultNames ?? [])} forward({string.Join(", ", parameters)})");
        if (IsModel) new InputCheck(module.ModuleName, region.Inputs.Select(i => (inputs[i], i)).ToArray(), module.Block!.InputChecks, names, values).Write(writer);
        var sizes = ReadSizes(writer, inputs);
        var stages = new RegionWriter(module, names, sizes.Count > 0 ? values.Extending(sizes) : values, source);
        var placed = module.Place is null ? inputs : MoveIn(writer, inputs);
        foreach (var input in region.Inputs) stages.Declare(input, placed[input]);
        stages.Add(region);
        if (module.Place is not null) DisposeMoved(stages, placed);
        stages.AddLine($"return {Results(stages)};");
        writer.Aligned(stages.Lines);
        writer.Close();
        WriteShortCall(writer, inputs);
    }

    private Dictionary<GraphValue, string> MoveIn(IndentedWriter writer, IReadOnlyDictionary<GraphValue, string> inputs)
    {
        var placed = inputs.ToDictionary(i => i.Key, _ => names.Take("placed"));
        foreach (var pair in placed)
        {
            var moved = $"{PlacementClass.Name}.In({inputs[pair.Key]}, {PlacementClass.Field})";
            writer.Line($"var {pair.Value} = {(pair.Key.IsOptional ? $"{inputs[pair.Key]} is null ? null : {moved}" : moved)};");
        }
        return placed;
    }

    // What flows out unchanged is an alias of what was moved in.
    private void DisposeMoved(RegionWriter stages, IReadOnlyDictionary<GraphValue, string> placed)
    {
        foreach (var result in region.Results.Where(placed.ContainsKey).Distinct())
        {
            var kept = names.Take("kept");
            stages.AddLine($"var {kept} = {placed[result]}.alias();");
            stages.Declare(result, kept);
        }
        foreach (var pair in placed) stages.AddLine($"{pair.Value}{(pair.Key.IsOptional ? "?" : "")}.Dispose();");
    }

    // The sizes that functions are called with, each read once.
    private IReadOnlyDictionary<string, string> ReadSizes(IndentedWriter writer, IReadOnlyDictionary<GraphValue, string> inputs)
    {
        var sizes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var symbol in module.RuntimeSizes)
        {
            var (input, index) = (from i in region.Inputs
                                  orderby i.IsOptional
                                  from d in Enumerable.Range(0, i.Type.Rank)
                                  where i.Type[d].AsSymbol?.Name == symbol
                                  select (i, d)).First();
            sizes[symbol] = CSharpNames.Escape(names.Take("size" + symbol));
            // Of an input that may be missing, it is needed only where that is there.
            var missing = input.IsOptional ? $"{inputs[input]} is null ? 0 : " : "";
            writer.Line($"var {sizes[symbol]} = {missing}{inputs[input]}.shape[{(input.Type.HasAnyRank ? $"^{input.Type.Rank - index}" : $"{index}")}];");
        }
        return sizes;
    }

    private void WriteDocumentation(IndentedWriter writer, IReadOnlyDictionary<GraphValue, string> inputs)
    {
        writer.Line("/// <summary>Computes the output.</summary>");
        foreach (var input in region.Inputs)
        {
            writer.Line($"/// <param name=\"{inputs[input].TrimStart('@')}\"><c>{XmlDoc.Escape(input.Type.ToString())}</c>{(input.IsOptional ? ", or null" : "")}</param>");
        }
        writer.Line($"/// <returns><c>{XmlDoc.Escape(string.Join(", ", region.Results.Select(r => r.Type)))}</c></returns>");
    }

    // An input itself must not be returned, nor a parameter, nor one tensor twice: whoever disposes one of the two would dispose both.
    private string Results(RegionWriter stages)
    {
        var seen = new HashSet<GraphValue>((module.Place is null ? region.Inputs : []).Concat(region.Nodes.Where(n => !n.OwnsOutputs).SelectMany(n => n.Outputs)));
        var results = region.Results.Select(r => seen.Add(r) ? stages.LocalOf(r) : $"{stages.LocalOf(r)}.alias()").ToArray();
        return results.Length == 1 ? results[0] : $"({string.Join(", ", results)})";
    }

    // TorchSharp's call takes every input; what is optional at the end may be left out in ours.
    private void WriteShortCall(IndentedWriter writer, IReadOnlyDictionary<GraphValue, string> inputs)
    {
        if (module.Block is null) return;
        var needed = region.Inputs.Reverse().SkipWhile(i => i.IsOptional).Reverse().ToArray();
        if (needed.Length == region.Inputs.Count || needed.Length == 0) return;
        writer.Line();
        writer.Line("/// <summary>Computes the output without the optional inputs.</summary>");
        foreach (var input in needed) writer.Line($"/// <param name=\"{inputs[input].TrimStart('@')}\"><c>{XmlDoc.Escape(input.Type.ToString())}</c>{(input.IsOptional ? ", or null" : "")}</param>");
        writer.Line($"/// <returns><c>{XmlDoc.Escape(string.Join(", ", region.Results.Select(r => r.Type)))}</c></returns>");
        var arguments = region.Inputs.Select((input, i) => i < needed.Length ? inputs[input] : "null");
        writer.Line($"public {ModuleTypes.ResultOf(region, module.Block.ResultNames)} call({string.Join(", ", needed.Select(i => $"{ModuleTypes.TypeOf(i)} {inputs[i]}"))}) => call({string.Join(", ", arguments)});");
    }
}
