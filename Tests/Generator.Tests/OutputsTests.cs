using System.Globalization;
using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Text;
using Microsoft.CodeAnalysis;
using Diagnostic = Dlm.Dsl.Diagnostics.Diagnostic;

namespace Dlm.Generator.Tests;

public sealed class OutputsTests
{
    [Fact]
    public void KeepsIdPlaceAndHelp()
    {
        var report = Make(Severity.Error, "'+' needs shapes that broadcast.").ToRoslyn();
        Assert.Equal("/project/resnet.dlm(14,9): error DLM0204: '+' needs shapes that broadcast.", report.ToString());
        Assert.Equal("docs/diagnostics/DLM0204.md", report.Descriptor.HelpLinkUri);
        Assert.Equal("Dlm", report.Descriptor.Category);
        Assert.Equal("Shapes that do not broadcast", report.Descriptor.Title.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(new(200, 4), report.Location.SourceSpan);
        Assert.Equal("(13,8)-(13,12)", report.Location.GetLineSpan().Span.ToString());
    }

    [Theory]
    [InlineData(Severity.Error, DiagnosticSeverity.Error)]
    [InlineData(Severity.Warning, DiagnosticSeverity.Warning)]
    [InlineData(Severity.Info, DiagnosticSeverity.Info)]
    public void KeepsSeverity(Severity severity, DiagnosticSeverity expected) =>
        Assert.Equal(expected, Make(severity, "x").ToRoslyn().Severity);

    [Fact]
    public void PutsTheWholeMessageOnOneLine()
    {
        const string message = """
            '+' needs shapes that broadcast.
                left   main   [B, 256, 28, 28]   from conv2, line 11
                right  skip   [B, 128, 56, 56]   from input x, line 9

                help: project the shortcut
            """;
        Assert.Equal(
            "'+' needs shapes that broadcast. | left main [B, 256, 28, 28] from conv2, line 11"
                + " | right skip [B, 128, 56, 56] from input x, line 9 | help: project the shortcut",
            Make(Severity.Error, message).ToRoslyn().GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("{0} {1} {")]
    [InlineData("}} { conv(3) }")]
    public void LeavesBracesAlone(string message) =>
        Assert.Equal(message, Make(Severity.Error, message).ToRoslyn().GetMessage(CultureInfo.InvariantCulture));

    private static Diagnostic Make(Severity severity, string message) => new(
        "DLM0204", severity, "Shapes that do not broadcast", message, "/project/resnet.dlm", new TextSpan(200, 4), new(13, 8), new(13, 12));
}
