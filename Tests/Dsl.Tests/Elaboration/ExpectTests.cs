using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Elaboration;

/// <summary>Figures are held to the digits that are written.</summary>
public sealed class ExpectTests
{
    // 4 x 250 + 250 and 250 x 10 + 10 parameters: 3760; 1000 + 2500 multiply-accumulates.
    private const string Net = "model Net(classes: int = 10) : [B, 4] -> [B, classes] {{\n  linear(250) -> linear(classes)\n  expect {0}\n}}";

    [Theory]
    [InlineData("parameters 3760")]
    [InlineData("parameters 3_760")]
    [InlineData("parameters 3.76K")]
    [InlineData("parameters 3.8K")]
    [InlineData("parameters 4K")]
    [InlineData("parameters 0.00376M")]
    [InlineData("parameters 0M")]
    [InlineData("macs 3500")]
    [InlineData("macs 3.5K")]
    [InlineData("parameters 3760, macs 3500, output [B, 10]")]
    [InlineData("output [B, 10]")]
    [InlineData("output [_, 10]")]
    [InlineData("output [B, 2 * 5]")]
    public void Hold(string figures) => Assert.Empty(Compiling.Diagnose(string.Format(null, Net, figures)));

    // A gate has a matrix for what flows in, one for the state, and a bias with each: 4 or 3 times (10 + 20 + 2) * 20.
    [Theory]
    [InlineData("lstm(20)", "2_560")]
    [InlineData("gru(20)", "1_920")]
    public void CountRecurrentLayers(string layer, string parameters) =>
        Assert.Empty(Compiling.Diagnose($"model Net : [B, T, 10] -> [B, T, 20] {{\n  {layer}\n  expect parameters {parameters}\n}}"));

    [Theory]
    [InlineData("parameters 3761", "3,21: DLM0301 Expected 3761 parameters, the model has 3_760. The largest are linear2.weight [10, 250] and linear1.weight [250, 4].")]
    [InlineData("parameters 3.77K", "3,21: DLM0301 Expected 3.77K parameters, the model has 3.76K. The largest are linear2.weight [10, 250] and linear1.weight [250, 4].")]
    [InlineData("parameters 3K", "3,21: DLM0301 Expected 3K parameters, the model has 4K. The largest are linear2.weight [10, 250] and linear1.weight [250, 4].")]
    [InlineData("macs 3_501", "3,15: DLM0302 Expected 3_501 multiply-accumulates at batch 1, the model has 3_500.")]
    [InlineData("macs 3.6K", "3,15: DLM0302 Expected 3.6K multiply-accumulates at batch 1, the model has 3.5K.")]
    [InlineData("output [B, 11]", "3,17: DLM0303 Expected the output [B, 11], the model gives [B, 10] with its default arguments.")]
    [InlineData("output int[B, 10]", "3,17: DLM0303 Expected the output int[B, 10], the model gives [B, 10] with its default arguments.")]
    [InlineData("output [B]", "3,17: DLM0303 Expected the output [B], the model gives [B, 10] with its default arguments.")]
    [InlineData("parameters \"many\"", "3,21: DLM0105 'parameters' takes a number, such as 61_100_840 or 0.714G, not this.")]
    [InlineData("parametres 3760", "3,10: DLM0101 There is no figure 'parametres'. Did you mean 'parameters'?")]
    public void DoNotHold(string figures, string expected) => Assert.Equal(expected, Compiling.Listed(Compiling.Diagnose(string.Format(null, Net, figures))));

    [Fact]
    public void EveryFigureThatDoesNotHoldIsReported() =>
        Assert.Equal(["DLM0301", "DLM0302", "DLM0303"], Compiling.Diagnose(string.Format(null, Net, "parameters 1, macs 1, output [1]")).Select(d => d.Id));

    [Fact]
    public void AFigureWithoutOneValueCannotBeExpected()
    {
        var diagnostics = Compiling.Diagnose("model Net(classes: int) : [B, 4] -> [B, classes] {\n  linear(classes)\n  expect parameters 10\n}");
        Assert.Equal("DLM0304", Assert.Single(diagnostics).Id);
    }

    [Theory]
    [InlineData("[B, 3, 8, 8]", "conv(4, 3, pad: 1) -> batchnorm", 3 * 4 * 9 + 4 + 8, 3 * 4 * 9 * 64)]
    [InlineData("[B, 6, 8, 8]", "conv(4, (1, 3), groups: 2, bias: false)", 3 * 4 * 3, 3 * 4 * 3 * 8 * 6)]
    [InlineData("[B, 5, 4]", "linear(7, bias: false)", 28, 28 * 5)]
    [InlineData("[B, 5]", "relu", 0, 0)]
    [InlineData("[2, 5]", "linear(3)", 18, 30)]
    public void CountsAreThoseOfPapers(string input, string stages, long parameters, long macs)
    {
        var output = Compiling.Diagnose($"model A : {input} -> [] {{ {stages} }}").Single().Message.Split(" gives ")[1].Split('.')[0];
        var model = Compiling.Model($"model A : {input} -> {output} {{ {stages} }}");
        Assert.Equal(parameters, model.ParameterCount?.Value);
        Assert.Equal(macs, model.Macs?.Value);
    }
}
