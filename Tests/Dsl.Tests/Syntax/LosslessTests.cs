using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Syntax;

/// <summary>Every character of a text is in its tree, in its place, however broken the text is.</summary>
public sealed class LosslessTests
{
    public static TheoryData<string> Files() => [.. Repository.Zoo.Concat(Repository.Samples).Select(f => f.Path)];

    [Theory, MemberData(nameof(Files))]
    public void EverySample(string path) => TreeRules.Check(TextOf(path));

    [Theory, MemberData(nameof(Files))]
    public void EveryTruncation(string path)
    {
        var text = TextOf(path);
        // The cost is quadratic: of a long file every second or third place.
        Bounded.Run(() =>
        {
            for (var length = 0; length <= text.Length; length += 1 + text.Length / 3500) TreeRules.CheckTree(text[..length]);
        });
        // Compiling takes longer: at a hundred places.
        Bounded.CheckAll(Enumerable.Range(0, 100).Select(i => text[..(text.Length * i / 100)]));
    }

    [Theory, MemberData(nameof(Files))]
    public void SplicedSprinkledAndCut(string path)
    {
        var mutations = new Mutations(TextOf(path), seed: 7);
        Bounded.CheckAll(Enumerable.Range(0, 150).Select(i => (i % 3) switch
        {
            0 => mutations.Splice(),
            1 => mutations.Sprinkle(),
            _ => new Mutations(mutations.Splice(), seed: i).Truncate(),
        }));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("// only a comment")]
    [InlineData("/* only\na comment */")]
    [InlineData("/* never closed")]
    [InlineData("\"never closed")]
    [InlineData("\uFEFFmodel A : [B, 4] -> [B, 2] { linear(2) }")]
    [InlineData("model A : [B, 4] -> [B, 2] {\r\n  linear(2)\r\n}\r\n")]
    [InlineData("model A : [B, 4] -> [B, 2] {\r  linear(2)\r}\r")]
    [InlineData("\0\0\0")]
    [InlineData("model A\0 : [B, 4] -> [B, 2] { linear\0(2) }")]
    [InlineData("model \uD800 : [B, 4] -> [B, 2] { linear(2) \uDC00 }")]
    [InlineData("}}}{{{(((")]
    [InlineData("model")]
    [InlineData("model A : [B, 4] -> [B, 2] {\n  : {\n  linear(2)\n}")]
    [InlineData("model model model : model -> model { model }")]
    public void OddFiles(string text) => Bounded.CheckAll([text]);

    private static string TextOf(string path) => Repository.Zoo.Concat(Repository.Samples).Single(f => f.Path == path).Text;
}
