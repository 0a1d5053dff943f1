using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Emission;

/// <summary>The static methods that a generated file declares for itself, for operators that take several steps of TorchSharp.</summary>
internal static class HelperClass
{
    /// <summary>The class; a file-local type stands before any other of this name.</summary>
    public const string Name = "DlmOperators";

    /// <summary>Writes those that the classes of a file call, each once.</summary>
    public static void Write(IndentedWriter writer, IEnumerable<ElaboratedBlock> blocks)
    {
        var sources = blocks.SelectMany(b => b.Body.AllNodes()).OfType<OperatorNode>()
            .Select(n => n.CSharp.Source).OfType<string>().Distinct(StringComparer.Ordinal).OrderBy(source => source, StringComparer.Ordinal).ToArray();
        if (sources.Length == 0) return;
        writer.Line();
        writer.Line("/// <summary>Operators that take several steps, of which what lies between is disposed.</summary>");
        writer.Open($"file static class {Name}");
        for (var i = 0; i < sources.Length; i++)
        {
            if (i > 0) writer.Line();
            foreach (var line in sources[i].Trim().Split('\n')) writer.Line(line.TrimEnd());
        }
        writer.Close();
    }
}
