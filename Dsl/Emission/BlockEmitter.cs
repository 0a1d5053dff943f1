using System.Globalization;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Emission;

/// <summary>Writes the class of a model or block: its figures, its constructor, its <c>forward</c>, and a nested class for each group.</summary>
internal sealed class BlockEmitter(ElaboratedBlock block, ElaboratedModel? model, SourceText source, IndentedWriter writer)
{
    public void Emit()
    {
        var className = CSharpNames.Escape(block.Name);
        WriteDocumentation();
        writer.Open($"public sealed partial class {className} : {ModuleTypes.BaseOf(block.Body, block.ResultNames)}");
        WriteFigures();
        var module = new ModuleClass(
            className, block.Name, block.Body, ConstructorName.Of(block), new NameTable([block.Name, .. ModuleClass.MemberNames]), block.Namespace, source)
        {
            Block = block,
        };
        module.WriteBody(writer);
        writer.Close();
    }

    private void WriteDocumentation()
    {
        var summary = block.Documentation.Count > 0 ? block.Documentation.Select(XmlDoc.Escape).ToArray() : [XmlDoc.Escape(block.Name) + "."];
        XmlDoc.Element(writer, "summary", summary);
        var remarks = $"<c>{XmlDoc.Escape(Shown(block.Body.Inputs))} -&gt; {XmlDoc.Escape(Shown(block.Body.Results))}</c>";
        if (model?.ParameterCount?.Value is { } parameters && model.Macs?.Value is { } macs)
        {
            var arguments = block.OpenParameters.Count > 0 ? " with the default arguments" : "";
            remarks += $": {Readable(parameters)} parameters and {Readable(macs)} multiply-accumulates a sample{arguments}.";
        }
        XmlDoc.Element(writer, "remarks", [remarks]);
    }

    private static string Shown(IReadOnlyList<GraphValue> values) =>
        values.Count == 1 ? values[0].Type.ToString() : $"({string.Join(", ", values.Select(v => v.Type))})";

    private void WriteFigures()
    {
        if (model?.ParameterCount?.Value is { } parameters)
        {
            writer.Line("/// <summary>How many parameters it trains, with the default arguments.</summary>");
            writer.Line($"public const long ParameterCount = {Grouped(parameters)};");
            writer.Line();
        }
        if (model?.Macs?.Value is { } macs)
        {
            writer.Line("/// <summary>Multiply-accumulates of its convolutions and matrix products for one sample, with the default arguments.</summary>");
            writer.Line($"public const long MultiplyAccumulates = {Grouped(macs)};");
            writer.Line();
        }
    }

    private static string Readable(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Grouped(long value) => Readable(value).Replace(',', '_');
}
