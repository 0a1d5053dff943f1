using System.Text;
using Dlm.Dsl;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Dlm.Generator;

/// <summary>What a project says once for all its files.</summary>
/// <param name="Compiler">What the compiler asks.</param>
/// <param name="Directory">The project's folder, or the empty string where the build does not tell it.</param>
internal sealed record ProjectOptions(CompilerOptions Compiler, string Directory)
{
    /// <summary>Reads the properties that build/Dlm.Generator.props makes visible.</summary>
    public static ProjectOptions Read(AnalyzerConfigOptionsProvider provider, CancellationToken cancellation)
    {
        provider.GlobalOptions.TryGetValue("build_property.RootNamespace", out var rootNamespace);
        provider.GlobalOptions.TryGetValue("build_property.ProjectDir", out var directory);
        return new(new CompilerOptions(ToNamespace(rootNamespace ?? "")), directory ?? "");
    }

    /// <summary>
    /// A namespace as Visual Studio derives it from a project's name: <c>my-app.2d</c> is <c>my_app._2d</c>. MSBuild
    /// itself leaves characters in it that no namespace may have.
    /// </summary>
    internal static string ToNamespace(string name)
    {
        var result = new StringBuilder();
        foreach (var part in name.Split(['.'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (result.Length > 0) result.Append('.');
            if (char.IsDigit(part[0])) result.Append('_');
            foreach (var c in part) result.Append(char.IsLetterOrDigit(c) ? c : '_');
        }

        return result.ToString();
    }
}
