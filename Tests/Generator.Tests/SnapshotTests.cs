using Xunit.Sdk;

namespace Dlm.Generator.Tests;

public sealed class SnapshotTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("snapshot").FullName;

    [Fact]
    public void EqualTextPassesAndLeavesNothing()
    {
        Write("T.M.verified.txt", "a\r\nb\n");
        Write("T.M.received.txt", "old");
        Snapshot.Match("a\nb\n", "txt", File("T.cs"), "M");
        Assert.Equal(["T.M.verified.txt"], Files());
    }

    [Fact]
    public void OtherTextFailsAndIsLeftToAccept()
    {
        Write("T.M.verified.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9");
        var failure = Assert.Throws<FailException>(() => Snapshot.Match("1\n2\n3\n4\nX\nY\n6\n7\n8\n9", "txt", File("T.cs"), "M"));
        Assert.Equal(
            """
            T.M.verified.txt differs from line 5:
                2
                3
                4
              - 5
              + X
              + Y
                6
                7
                8
            To accept what was received: eng/accept.sh T.M
            """,
            failure.Message);
        Assert.Equal(["T.M.received.txt", "T.M.verified.txt"], Files());
    }

    [Fact]
    public void ANewTextFails()
    {
        Assert.Throws<FailException>(() => Snapshot.Match("a", "cs", File("T.cs"), "M"));
        Assert.Equal(["T.M.received.cs"], Files());
    }

    [Fact]
    public void EachHintHasAFileAndOneThatIsGoneFails()
    {
        Write("T.M#a.b.verified.cs", "1");
        Write("T.M#old.verified.cs", "2");
        Write("T.Mine#old.verified.cs", "3");
        var failure = Assert.Throws<FailException>(() => Snapshot.Match([("a/b", "1")], "cs", File("T.cs"), "M"));
        Assert.Contains("T.M#old.verified.cs is no longer made", failure.Message);
        Assert.DoesNotContain("Mine", failure.Message);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string File(string name) => Path.Combine(folder, name);

    private void Write(string name, string text) => System.IO.File.WriteAllText(File(name), text);

    private IEnumerable<string> Files() => Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
}
