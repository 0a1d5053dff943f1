using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Emission;

/// <summary>Writes how a constructor makes and registers a <c>param</c> or <c>buffer</c>.</summary>
internal sealed class StateWriter(IRegionOwner owner, StateNode state, NameTable names, CSharpValues values, SourceText source)
{
    public void Write(IndentedWriter writer) => WriteValue(writer, local => state.IsBuffer
        ? $"this.register_buffer({CSharpNames.Quote(state.Name)}, {local});"
        : $"this.register_parameter({CSharpNames.Quote(state.Name)}, {CSharpNames.Torch}.nn.Parameter({local}));");

    /// <summary>Writes its first value, and what is done with it.</summary>
    public void WriteValue(IndentedWriter writer, Func<string, string> keep) =>
        writer.Line(keep(state.First.Computed is { } region ? Compute(writer, region) : Draw(writer)));

    private string Draw(IndentedWriter writer)
    {
        var local = CSharpNames.Escape(names.Take(state.Name));
        var type = state.Output.Type;
        var element = type.Element switch
        {
            ElementType.Float => "",
            ElementType.Float64 => $", dtype: {CSharpNames.Torch}.float64",
            ElementType.Int => $", dtype: {CSharpNames.Torch}.int64",
            _ => $", dtype: {CSharpNames.Torch}.@bool",
        };
        writer.Line($"var {local} = {CSharpNames.Torch}.zeros(new long[] {{ {string.Join(", ", type.Dims.Select(values.Write))} }}{element});  // {type}");
        // Zeros are what it begins with.
        if (state.First.Drawn is { Method: not "zeros_" } drawn) writer.Line($"{InitWriter.Call(drawn, local, values)};");
        return local;
    }

    private string Compute(IndentedWriter writer, Region region)
    {
        var stages = new RegionWriter(owner, names, values, source);
        stages.Add(region);
        writer.Aligned(stages.Lines);
        return stages.LocalOf(region.Results[0]);
    }
}
