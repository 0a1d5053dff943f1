namespace Dlm.Generator.Tests;

public sealed class HintNameTests
{
    [Theory]
    [InlineData("/project/LeNet5.dlm", "LeNet5")]
    [InlineData("/project/Vision/LeNet5.dlm", "Vision/LeNet5")]
    [InlineData("/project/Vision.LeNet5.dlm", "Vision.LeNet5")]
    [InlineData("/project/a b-c+d,é.dlm", "a b-c+d,é")]
    [InlineData("/project/a(1)[2]{3}.dlm", "a(28)1(29)(5B)2(5D)(7B)3(7D)")]
    [InlineData("/project/a\"*?<|>:.dlm", "a(22)(2A)(3F)(3C)(7C)(3E)(3A)")]
    [InlineData("/project/ a .dlm", "(20)a(20)")]
    [InlineData("/project/.hidden/x.dlm", "(2E)hidden/x")]
    [InlineData("/project/...dlm", "(2E)(2E)")]
    [InlineData("/project/.dlm", "()")]
    [InlineData("/project/🙂.dlm", "(D83D)(DE42)")]
    [InlineData("/shared/x.dlm", "/shared/x")]
    [InlineData("/projects/x.dlm", "/projects/x")]
    public void IsThePathSeenFromTheProject(string path, string expected) =>
        Assert.Equal(expected.TrimStart('/'), HintName.Of(path, "/project/", hasTwin: false));

    [Theory]
    [InlineData("/home/shared/x.dlm", "(..)/shared/x")]
    [InlineData("/home/app/x.dlm", "x")]
    [InlineData("/home/app/../shared/./x.dlm", "(..)/shared/x")]
    [InlineData("/home/app/sub/../x.dlm", "x")]
    public void GoesUpOutsideTheProject(string path, string expected) =>
        Assert.Equal(expected, HintName.Of(path, "/home/app/", hasTwin: false));

    [Fact]
    public void TwinsInCaseDiffer()
    {
        var names = new[] { "/project/a.dlm", "/project/A.dlm" }.Select(path => HintName.Of(path, "/project/", hasTwin: true));
        Assert.Equal(2, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void AProjectWithoutAFolderHasWholePaths() => Assert.Equal("a/b", HintName.Of("/a/b.dlm", "", hasTwin: false));
}
