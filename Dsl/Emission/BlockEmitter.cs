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
        InfoWriter.Write(writer, model);
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
            remarks += $": {InfoWriter.Readable(parameters)} parameters and {InfoWriter.Readable(macs)} multiply-accumulates a sample{arguments}.";
        }
        XmlDoc.Element(writer, "remarks", [remarks]);
    }

    private static string Shown(IReadOnlyList<GraphValue> values) =>
        values.Count == 1 ? values[0].Type.ToString() : $"({string.Join(", ", values.Select(v => v.Type))})";
}
