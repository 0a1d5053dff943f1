using System.Globalization;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Emission;

/// <summary>Writes the class of a model: its figures, its constructor, its <c>forward</c>, and a nested class for each group.</summary>
internal sealed class ModelEmitter(ElaboratedModel model, SourceText source, IndentedWriter writer)
{
    private readonly string className = CSharpNames.Escape(model.Name);

    public void Emit()
    {
        WriteDocumentation();
        writer.Open($"public sealed partial class {className} : {ModuleClass.BaseOf(1)}");
        WriteFigures();
        var nested = new NameTable([model.Name, .. ModuleClass.MemberNames]);
        var module = new ModuleClass(className, model.Name, model.Open, model.Parameters, nested, source)
        {
            InputName = model.InputName,
            Checks = model.Checks,
            IsOutermost = true,
        };
        module.WriteBody(writer);
        writer.Close();
    }

    private void WriteDocumentation()
    {
        var summary = model.Documentation.Count > 0 ? model.Documentation.Select(XmlDoc.Escape).ToArray() : [XmlDoc.Escape(model.Name) + "."];
        XmlDoc.Element(writer, "summary", summary);
        var remarks = new List<string> { $"<c>{XmlDoc.Escape(model.Open.Input.Type.ToString())} -&gt; {XmlDoc.Escape(model.Output.ToString())}</c>" };
        if (model.ParameterCount.Value is { } parameters && model.Macs.Value is { } macs)
        {
            var arguments = model.Parameters.Count > 0 ? " with the default arguments" : "";
            remarks[0] += $": {Readable(parameters)} parameters and {Readable(macs)} multiply-accumulates a sample{arguments}.";
        }
        XmlDoc.Element(writer, "remarks", remarks);
    }

    private void WriteFigures()
    {
        if (model.ParameterCount.Value is { } parameters)
        {
            writer.Line("/// <summary>How many parameters it trains, with the default arguments.</summary>");
            writer.Line($"public const long ParameterCount = {Grouped(parameters)};");
            writer.Line();
        }
        if (model.Macs.Value is { } macs)
        {
            writer.Line("/// <summary>Multiply-accumulates of its convolutions and matrix products for one sample, with the default arguments.</summary>");
            writer.Line($"public const long MultiplyAccumulates = {Grouped(macs)};");
            writer.Line();
        }
    }

    private static string Readable(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Grouped(long value) => Readable(value).Replace(',', '_');
}
