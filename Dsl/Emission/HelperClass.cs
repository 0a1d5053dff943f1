using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Operators;

namespace Dlm.Dsl.Emission;

/// <summary>What a generated file declares for itself: static methods for operators that take several steps of TorchSharp, and layers that it lacks.</summary>
internal static class HelperClass
{
    /// <summary>The class of the methods; a file-local type stands before any other of this name.</summary>
    public const string Name = "DlmOperators";

    /// <summary>Writes those that the classes of a file use, and <paramref name="others"/>, each once.</summary>
    public static void Write(IndentedWriter writer, IEnumerable<Region> bodies, IEnumerable<CSharpForm> others)
    {
        var forms = bodies.SelectMany(b => b.AllNodes()).OfType<OperatorNode>().Select(n => n.CSharp).Concat(others).ToArray();
        var methods = Each(forms.Select(f => f.Source));
        if (methods.Length > 0)
        {
            writer.Line();
            writer.Line("/// <summary>Operators that take several steps, of which what lies between is disposed.</summary>");
            writer.Open($"file static class {Name}");
            for (var i = 0; i < methods.Length; i++)
            {
                if (i > 0) writer.Line();
                foreach (var line in LinesOf(methods[i])) writer.Line(line);
            }
            writer.Close();
        }
        foreach (var layer in Each(forms.Select(f => f.Class)))
        {
            writer.Line();
            writer.Line("/// <summary>A layer that TorchSharp lacks.</summary>");
            foreach (var line in LinesOf("file " + layer)) writer.Line(line);
        }
    }

    private static string[] Each(IEnumerable<string?> sources) =>
        sources.OfType<string>().Distinct(StringComparer.Ordinal).OrderBy(source => source, StringComparer.Ordinal).ToArray();

    private static IEnumerable<string> LinesOf(string source) => source.Trim().Split('\n').Select(line => line.TrimEnd());
}
