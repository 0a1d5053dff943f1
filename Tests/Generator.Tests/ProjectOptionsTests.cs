using Dlm.Generator.Tests.Harness;

namespace Dlm.Generator.Tests;

public sealed class ProjectOptionsTests
{
    [Theory]
    [InlineData("Project", "Project")]
    [InlineData("My.Vision.Models", "My.Vision.Models")]
    [InlineData("my-app", "my_app")]
    [InlineData("my app.2d", "my_app._2d")]
    [InlineData("..a..b..", "a.b")]
    [InlineData("a{b}//;", "a_b____")]
    [InlineData("größe", "größe")]
    [InlineData("", "")]
    public void TheRootNamespaceBecomesOne(string rootNamespace, string expected) => Assert.Equal(
        expected, ProjectOptions.Read(new DlmOptions(rootNamespace, "/project/", new Dictionary<string, string>()), default).Compiler.RootNamespace);
}
