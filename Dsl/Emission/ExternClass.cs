using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Emission;

/// <summary>Writes the class whose methods the project completes: one it forgets is an error of C#'s.</summary>
internal static class ExternClass
{
    public static void Write(IndentedWriter writer, IReadOnlyList<ExternFunction> functions)
    {
        writer.Line();
        writer.Line("/// <summary>Functions of the models that are written in C#: complete them in a partial class of this name.</summary>");
        writer.Open($"public static partial class {ExternFunction.ClassName}");
        for (var i = 0; i < functions.Count; i++)
        {
            if (i > 0) writer.Line();
            Write(writer, functions[i]);
        }
        writer.Close();
    }

    private static void Write(IndentedWriter writer, ExternFunction function)
    {
        XmlDoc.Element(writer, "summary", function.Documentation.Count > 0 ? function.Documentation.Select(XmlDoc.Escape).ToArray() : [XmlDoc.Escape(function.Name) + "."]);
        foreach (var input in function.Inputs) writer.Line($"/// <param name=\"{input.Name}\"><c>{XmlDoc.Escape(input.Type.ToString())}</c>{(input.IsOptional ? ", or null" : "")}</param>");
        foreach (var parameter in function.Parameters) writer.Line($"/// <param name=\"{parameter.Name}\">As the model says.</param>");
        writer.Line($"/// <returns>A new tensor, <c>{XmlDoc.Escape(function.Result.ToString())}</c>, never one that came in.</returns>");
        var list = function.Inputs.Select(i => $"{ModuleTypes.TypeOf(i)} {CSharpNames.Escape(i.Name!)}")
            .Concat(function.Parameters.Select(p => $"{ConstructorName.TypeOf(p.Type)} {CSharpNames.Escape(p.Name)}"));
        writer.Line($"public static partial {CSharpNames.Tensor} {CSharpNames.Escape(function.Name)}({string.Join(", ", list)});");
    }
}
