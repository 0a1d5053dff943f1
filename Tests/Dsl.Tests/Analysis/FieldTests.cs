using Dlm.Dsl.Analysis;
using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Analysis;

public sealed class FieldTests
{
    [Theory]
    // One 3x3 window; two of them; a stride spreads what comes behind it.
    [InlineData("conv(4, 3)", 3, 3, 1)]
    [InlineData("conv(4, 3) -> conv(4, 3)", 5, 5, 1)]
    [InlineData("conv(4, 3, stride: 2) -> conv(4, 3)", 7, 7, 2)]
    [InlineData("conv(4, 3, dilation: 2)", 5, 5, 1)]
    [InlineData("conv(4, [3, 5])", 3, 5, 1)]
    [InlineData("conv(4, 3) -> maxpool(2) -> conv(4, 3)", 8, 8, 2)]
    [InlineData("conv(4, 3) -> batchnorm -> relu -> dropout", 3, 3, 1)]
    // Behind a pool over everything all is seen: what counts is the map before it.
    [InlineData("conv(4, 3) -> global_avgpool -> flatten -> linear(2)", 3, 3, 1)]
    public void OfAChain(string stages, int height, int width, double stride) =>
        Assert.Equal(new ReceptiveField(height, width, stride), Field($"model A : [B, 3, H, W] -> [B, ...] {{ {stages} }}".Replace("[B, ...]", stages.Contains("linear") ? "[B, _]" : "[B, _, _, _]")));

    [Fact]
    public void OfBranchesIsTheLargest() => Assert.Equal(new ReceptiveField(5, 5, 1), Field("""
        model A : (x: [B, 3, H, W]) -> [B, 4, _, _] {
          a = x -> conv(4, 1)
          b = x -> conv(4, 3, pad: 1) -> conv(4, 3, pad: 1)
          a + b
        }
        """));

    [Fact]
    public void OfVgg16IsThePublishedOne()
    {
        string Block(int width, int count) => string.Concat(Enumerable.Repeat($"conv({width}, 3, pad: 1) -> relu -> ", count)) + "maxpool(2)";
        var body = string.Join(" -> ", Block(64, 2), Block(128, 2), Block(256, 3), Block(512, 3), Block(512, 3));
        Assert.Equal(new ReceptiveField(212, 212, 32), Field($"model Vgg : [B, 3, H, W] -> [B, 512, _, _] {{ {body} }}"));
    }

    [Fact]
    public void WithoutWindowsThereIsNone()
    {
        Assert.Null(Field("model A : [B, 8] -> [B, 2] { linear(2) }"));
        Assert.Null(Field("model A : [B, 3, 8, 8] -> [B, 2] { flatten -> linear(2) }"));
    }

    [Theory]
    [InlineData("conv(4, 7)", 7)]
    [InlineData("conv(4, 3, stride: 2) -> conv(4, 3)", 7)]
    [InlineData("maxpool(2) -> maxpool(2) -> maxpool(2)", 8)]
    [InlineData("conv(4, 3, pad: 1)", 1)]
    public void TheSmallestImageLeavesEveryStageSomething(string stages, long side) =>
        Assert.Equal(side, SmallestInput.Of(Compiling.Model($"model A : [B, 3, H, W] -> [B, _, _, _] {{ {stages} }}"), _ => true));

    [Fact]
    public void TheSmallestImageIsOneThatTheCompilerTakes()
    {
        var model = Compiling.Model("model A : [B, 3, H, W] -> [B, _, _, _] { conv(4, 3) }");
        Assert.Equal(16, SmallestInput.Of(model, side => side % 16 == 0));
        Assert.Null(SmallestInput.Of(model, _ => false));
    }

    private static ReceptiveField? Field(string source)
    {
        var model = Compiling.Model(source);
        return ReceptiveField.Of(model, SizeTable.For(model, 1, new Dictionary<string, long>()));
    }
}
