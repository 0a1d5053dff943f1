using System.IO.Compression;

namespace Dlm.Torch.Tests;

/// <summary>Torch/ promises nothing that TorchSharp does not: code that compiles here compiles there.</summary>
public class ApiTests
{

    [Fact]
    public void EveryPublicMemberIsTorchSharps()
    {
        var known = TorchSharps().ToHashSet(StringComparer.Ordinal);
        var own = ApiText.Lines(typeof(torch).Assembly).ToList();

        var unknown = own.Where(line => !known.Contains(line)).Order(StringComparer.Ordinal).ToList();

        Assert.True(own.Count > 2000, $"only {own.Count} members were found");
        Assert.True(unknown.Count == 0, $"{unknown.Count} members are not TorchSharp 0.107's:\n{string.Join('\n', unknown)}");
    }

    private static IEnumerable<string> TorchSharps()
    {
        using var stream = typeof(ApiTests).Assembly.GetManifestResourceStream("Dlm.Torch.Tests.api-0.107.txt.gz")!;
        using var reader = new StreamReader(new GZipStream(stream, CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
