using System.Collections.Immutable;
using Dlm.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Dlm.Generator.Tests;

/// <summary>A project turns warnings of the language off and up as it does those of C#.</summary>
public sealed class SeverityTests
{
    private readonly DlmProject project = new(("a.dlm", "model A(unused: int = 1) : [B, 4] -> [B, 2] {\n  linear(2)\n}\n"));

    [Fact]
    public void AWarningIsAWarning() =>
        Assert.StartsWith("/project/a.dlm(1,9): warning DLM0110: ", Assert.Single(project.Run().Diagnostics).ToString());

    [Fact]
    public void NoWarnSilencesIt()
    {
        project.Set(options => options.WithSpecificDiagnosticOptions([new("DLM0110", ReportDiagnostic.Suppress)]));
        Assert.Empty(project.Run().Diagnostics);
    }

    [Fact]
    public void WarningsAsErrorsRaisesIt()
    {
        project.Set(options => options.WithSpecificDiagnosticOptions([new("DLM0110", ReportDiagnostic.Error)]));
        Assert.Equal(DiagnosticSeverity.Error, Assert.Single(project.Run().Diagnostics).Severity);
    }

    [Fact]
    public void TreatWarningsAsErrorsRaisesIt()
    {
        project.Set(options => options.WithGeneralDiagnosticOption(ReportDiagnostic.Error));
        Assert.Equal(DiagnosticSeverity.Error, Assert.Single(project.Run().Diagnostics).Severity);
    }

    [Theory]
    [InlineData("none", null)]
    [InlineData("suggestion", DiagnosticSeverity.Info)]
    [InlineData("error", DiagnosticSeverity.Error)]
    public void AGlobalConfigSetsIt(string severity, DiagnosticSeverity? expected)
    {
        // As the C# compiler reads a .globalconfig. A section of an .editorconfig speaks of C# files alone.
        var config = AnalyzerConfig.Parse($"is_global = true\ndotnet_diagnostic.DLM0110.severity = {severity}\n", "/project/.globalconfig");
        project.Set(options => options.WithSyntaxTreeOptionsProvider(new GlobalConfig(AnalyzerConfigSet.Create(new[] { config }))));
        Assert.Equal(expected, project.Run().Diagnostics.SingleOrDefault()?.Severity);
    }

    private sealed class GlobalConfig(AnalyzerConfigSet configs) : SyntaxTreeOptionsProvider
    {
        private readonly ImmutableDictionary<string, ReportDiagnostic> severities = configs.GlobalConfigOptions.TreeOptions;

        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetGlobalDiagnosticValue(string id, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            severities.TryGetValue(id, out severity);

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string id, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Default;
            return false;
        }
    }
}
