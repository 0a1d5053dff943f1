namespace Dlm.Models.Tests;

/// <summary>The committed references are what PyTorch gives today.</summary>
public sealed class OracleTests
{
    [Fact]
    public void EveryReferenceIsWhatPyTorchGives()
    {
        PythonOracle.SkipWithoutPyTorch();
        var folder = Directory.CreateTempSubdirectory("dlm-oracle-");
        try
        {
            PythonOracle.Write("reference.py", folder.FullName);
            var committed = Names(Path.Combine(Reference.Folder, "references"));
            Assert.Equal(committed, Names(folder.FullName));
            Assert.Equal(File.ReadAllText(Path.Combine(Reference.Folder, "references", "fill.json")), File.ReadAllText(Path.Combine(folder.FullName, "fill.json")));
            Assert.All(committed.Where(name => name != "fill"), name =>
            {
                var (expected, actual) = (Reference.Read(name), Reference.Read<Reference>(Path.Combine(folder.FullName, name + ".json")));
                Assert.Equal(actual.Parameters, expected.Parameters);
                Assert.Equal(actual.State, expected.State);
                Assert.Equal(actual.Inputs, expected.Inputs);
                Assert.Equal(actual.Output is null, expected.Output is null);
                if (expected.Output is { } output) actual.Output!.AssertNear(output, 1e-5);
                Assert.Equal(actual.Others.Length, expected.Others.Length);
                Assert.All(expected.Others.Zip(actual.Others), pair => pair.Second.AssertNear(pair.First, 1e-5));
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] Names(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];
}
