using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Dlm.Models.Tests;

public sealed class FillTests
{
    /// <summary>What fill.py gives for a key: SHA-256 of its values, little-endian.</summary>
    public sealed record Filled(string Key, long[] Shape, string Sha256);

    [Fact]
    public void IsPythonsBitForBit()
    {
        var expected = Reference.Read<Filled[]>(Path.Combine(Reference.Folder, "references", "fill.json"));
        Assert.NotEmpty(expected);
        Assert.All(expected, one =>
        {
            using var value = Fill.Parameter(one.Key, one.Shape);
            var octets = MemoryMarshal.AsBytes(value.data<float>().ToArray().AsSpan());
            Assert.Equal(one.Sha256, Convert.ToHexStringLower(SHA256.HashData(octets)));
        });
    }

    [Fact]
    public void IntegersAreBelowTheirBound()
    {
        using var values = Fill.Integers("tokens", [1000], 7);
        var found = values.data<long>().ToArray();
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], found.Distinct().Order());
    }
}
