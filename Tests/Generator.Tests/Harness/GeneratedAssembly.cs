using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace Dlm.Generator.Tests.Harness;

/// <summary>What <c>.dlm</c> files become at the end: an assembly, loaded for as long as this lives.</summary>
internal sealed class GeneratedAssembly : IDisposable
{
    private readonly AssemblyLoadContext context = new("generated", isCollectible: true);

    private GeneratedAssembly(Stream image, Stream symbols) => Assembly = context.LoadFromStream(image, symbols);

    /// <summary>The assembly.</summary>
    public Assembly Assembly { get; }

    /// <summary>Generates, compiles and loads; fails with what the compilers say, a warning of C#'s included.</summary>
    public static GeneratedAssembly Compile(params IEnumerable<(string Path, string Dlm)> files) => Compile(new DlmProject(files));

    /// <inheritdoc cref="Compile(IEnumerable{ValueTuple{string, string}})"/>
    public static GeneratedAssembly Compile(DlmProject project)
    {
        var run = project.Run();
        Assert.Empty(run.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = run.Compilation.Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        var problems = emitted.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).ToList();
        if (problems.Count > 0) Assert.Fail(string.Join("\n", problems) + "\n\n" + string.Join("\n", run.Sources.Values));

        image.Position = symbols.Position = 0;
        return new(image, symbols);
    }

    /// <summary>Makes a model by its full name; arguments that are left out have their defaults.</summary>
    public object Create(string type, params object?[] arguments)
    {
        var constructor = Assembly.GetType(type, throwOnError: true)!
            .GetConstructors()
            .OrderByDescending(candidate => candidate.GetParameters().Length)
            .First();
        var rest = constructor.GetParameters().Skip(arguments.Length).Select(parameter => parameter.DefaultValue);
        return constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. arguments, .. rest], null);
    }

    /// <inheritdoc/>
    public void Dispose() => context.Unload();
}
