using System.Runtime.CompilerServices;
using Dlm.Generator.Tests.Harness;

namespace Dlm.Generator.Tests;

/// <summary>The generated C#, as somebody who reads it sees it.</summary>
public sealed class EmissionTests
{
    [Fact]
    public void LeNet5() => Match(Zoo.LeNet5);

    [Fact]
    public void AlexNet() => Match(Zoo.AlexNet);

    private static void Match((string Path, string Text) file, [CallerMemberName] string test = "") =>
        Snapshot.Match(Assert.Single(new DlmProject(file).Run().Sources).Value, "cs", method: test);
}
