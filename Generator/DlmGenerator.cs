using Microsoft.CodeAnalysis;

namespace Dlm.Generator;

/// <summary>
/// Compiles the <c>.dlm</c> files of a project to C# while it builds. Every step holds records that compare by value
/// and nothing of Roslyn's, so that a step whose inputs are equal to the last build's does not run again.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class DlmGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // What the project says once for all its files, and whether there is a runtime for recipes to stand on.
        var runtime = context.MetadataReferencesProvider.Where(ProjectReferences.IsRuntime).Collect().Select(ProjectReferences.IsAny).WithTrackingName(Steps.Runtime);
        var options = context.AnalyzerConfigOptionsProvider.Select(ProjectOptions.Read).Combine(runtime).Select(ProjectReferences.WithRuntime).WithTrackingName(Steps.Options);

        // The project's own .dlm files, and those that referenced libraries ship.
        var texts = context.AdditionalTextsProvider.Where(DlmItem.Is).Combine(context.AnalyzerConfigOptionsProvider).Select(DlmItem.Of);

        // Each with its tree: equal to what it was as long as its path and text are.
        var files = texts.Select(DlmFile.Read).WithTrackingName(Steps.Files);

        // What other files can know of it: an edit inside a body leaves this equal.
        var summaries = files.Where(file => file.Summary is not null).Select((file, _) => file.Summary!).WithTrackingName(Steps.Summaries);

        // Which file needs which.
        var index = summaries.Collect().Combine(options).Select(Project.Index).WithTrackingName(Steps.Index);

        // All files by path.
        var project = files.Collect().Combine(index).Select(Project.Of).WithTrackingName(Steps.Project);

        // Each file with those it needs: all that its C# depends on.
        var inputs = files.Combine(project).Combine(options).SelectMany(CompilerInput.Of).WithTrackingName(Steps.Inputs);

        // The compiler's work, one file at a time.
        var compiled = inputs.Select(CompilerInput.Compile).WithTrackingName(Steps.Compiled);

        // Apart, so that a diagnostic that moves emits no source again, and equal text is not emitted twice.
        var sources = compiled.SelectMany((file, _) => file.Sources).WithTrackingName(Steps.Sources);
        var diagnostics = compiled.SelectMany((file, _) => file.Diagnostics).WithTrackingName(Steps.Diagnostics);

        // Where the C# would have nothing to stand on, one error stands for the hundreds in it.
        var torch = context.MetadataReferencesProvider.Where(ProjectReferences.IsTorchSharp).Collect().Select(ProjectReferences.IsAny).WithTrackingName(Steps.Torch);
        var missing = inputs.Collect().Combine(torch).SelectMany(ProjectReferences.Missing).WithTrackingName(Steps.Missing);

        context.RegisterSourceOutput(sources.Combine(torch), Outputs.Emit);
        context.RegisterSourceOutput(diagnostics, Outputs.Report);
        context.RegisterSourceOutput(missing, Outputs.Report);
    }
}
