using Dlm.Dsl.Text;

namespace Dlm.Dsl.Diagnostics;

/// <summary>What fronts report that is wrong with no file's text.</summary>
public static class ProjectDiagnostics
{
    /// <summary>The compiler broke on the file at <paramref name="path"/>; the others are to be compiled all the same.</summary>
    public static Diagnostic Fault(string path, Exception exception) =>
        Make(path, builder => builder.InternalError($"{exception.GetType().Name}: {exception.Message}"));

    /// <summary>The project has <c>.dlm</c> files and nothing that their C# could be compiled against.</summary>
    public static Diagnostic TorchSharpMissing() => Make("", builder => builder.TorchSharpMissing());

    private static Diagnostic Make(string path, Action<DiagnosticBuilder> report)
    {
        var bag = new DiagnosticBag(new SourceText(path, ""));
        report(bag.At(default));
        return bag.Diagnostics.Single();
    }
}
