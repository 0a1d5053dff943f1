using Dlm.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Dlm.Generator.Tests;

/// <summary>What breaks inside costs one file.</summary>
public sealed class FaultTests
{
    [Fact]
    public void AnExceptionIsOneDiagnosticAtItsFile()
    {
        var project = new DlmProject();
        project.Add(new Broken("/project/broken.dlm", new IOException("The disk {0} is gone.")));
        var run = project.Run();
        Assert.Null(run.Result.Exception);
        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.StartsWith(
            "/project/broken.dlm(1,1): error DLM0999: The compiler failed on this file: IOException: The disk {0} is gone. ",
            diagnostic.ToString());
    }

    [Fact]
    public void ACancelledRunIsNoFault()
    {
        var project = new DlmProject();
        using var source = new CancellationTokenSource();
        project.Add(new Cancelling(source));
        Assert.ThrowsAny<OperationCanceledException>(() => project.Run(source.Token));
    }

    [Fact]
    public void AMissingFileIsLeftToTheCSharpCompiler()
    {
        var project = new DlmProject();
        project.Add(new Broken("/project/missing.dlm", null));
        Assert.Empty(project.Run().Diagnostics);
    }

    private sealed class Cancelling(CancellationTokenSource source) : AdditionalText
    {
        public override string Path => "/project/a.dlm";

        public override SourceText? GetText(CancellationToken cancellationToken = default)
        {
            source.Cancel();
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private sealed class Broken(string path, Exception? exception) : AdditionalText
    {
        public override string Path => path;

        public override SourceText? GetText(CancellationToken cancellationToken = default) =>
            exception is null ? null : throw exception;
    }
}
