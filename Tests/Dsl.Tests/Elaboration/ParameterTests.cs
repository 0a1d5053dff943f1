using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Elaboration;

/// <summary>Parameters: what is checked when the module is made, what nothing uses, what they may be.</summary>
public sealed class ParameterTests
{
    /// <summary>What the compiler cannot know the constructor checks: once, by parameters alone, and not what is known.</summary>
    [Theory]
    [InlineData("n: int = 2", "[B, 4] -> [B, n]", "linear(n)", "n >= 1")]
    [InlineData("n: int = 2", "[B, 4] -> [B, n]", "linear(n) -> linear(n)", "n >= 1")]
    [InlineData("n: int = 8", "[B, 4] -> [B, n / 2]", "linear(n) -> linear(n / 2)", "n >= 1; n / 2 >= 1")]
    [InlineData("n: int = 8, g: int = 2", "[B, 8, 9, 9] -> [B, n, 9, 9]", "conv(n, 1, groups: g)", "n >= 1; g >= 1; 8 - (8 / g) * g == 0; n - g * (n / g) == 0")]
    [InlineData("n: int = 3", "[B, 4] -> [B, 3]", "linear(n)", "n >= 1; n - 3 == 0")]
    [InlineData("n: int = 2", "[B, n] -> [B, 2]", "linear(2)", "")]
    [InlineData("p: float = 0.5", "[B, 4] -> [B, 4]", "dropout(p)", "")]
    [InlineData("k: int = 3", "[B, 8, 9, 9] -> [B, 4, _, _]", "conv(4, k)", "k >= 1; 10 - k >= 1")]
    [InlineData("k: int = 3", "[B, 8, H, W] -> [B, 4, _, _]", "conv(4, k)", "k >= 1")]
    [InlineData("k: int = 3", "[B, 8, 9, 9] -> [B, 4, 9, 9]", "conv(4, k, pad: (k - 1) / 2)", "k >= 1; (k + 1) / 2 - 1 >= 0; 2 * ((k + 1) / 2) + 8 - k >= 1; 2 * ((k + 1) / 2) - k - 1 == 0")]
    public void TheConstructorChecksWhatIsOpen(string parameters, string signature, string stages, string claims)
    {
        var model = Compiling.Model($"model A({parameters}) : {signature} {{ {stages} }}");
        Assert.Equal(claims, string.Join("; ", model.Class.Checks.Select(check => check.Condition.ToString())));
    }

    [Theory]
    [InlineData("n: int = 2, unused: int = 1", "linear(n)", "1,21: DLM0110 Nothing uses the parameter 'unused'. Remove it, or use it.")]
    [InlineData("a: float, b: bool, n: int", "linear(n)", "1,9: DLM0110 Nothing uses the parameter 'a'. Remove it, or use it.\n1,19: DLM0110 Nothing uses the parameter 'b'. Remove it, or use it.")]
    // Using it in the signature alone is a use: it is a size that the input must have.
    [InlineData("n: int = 2, m: int = 4", "linear(n)", "1,21: DLM0110 Nothing uses the parameter 'm'. Remove it, or use it.")]
    // Either may be called as a stage is.
    [InlineData("n: int = 2, relu: int = 4", "linear(n) -> relu -> linear(relu) -> linear(n)", "")]
    [InlineData("n: int = 2, dropout: float = 0.5", "linear(n) -> dropout(dropout)", "")]
    public void WhatNothingUsesIsAWarning(string parameters, string stages, string expected) =>
        Assert.Equal(expected, Compiling.Listed(Compiling.Diagnose($"model A({parameters}) : [B, 4] -> [B, n] {{ {stages} }}")));

    [Theory]
    [InlineData("n: int = 2, n: int = 3", "1,21: DLM0102 'n' is declared already, on line 1. Give one of them another name.")]
    [InlineData("n: integer = 2", "1,12: DLM0107 There is no type 'integer'.")]
    [InlineData("n: Int = 2", "1,12: DLM0107 There is no type 'Int'. Did you mean 'int'?")]
    [InlineData("n: int = 2.5", "1,18: DLM0105 'n' takes a whole number, not the number 2.5.")]
    [InlineData("n: int = \"2\"", "1,18: DLM0105 'n' takes a whole number, not the text \"2\".")]
    [InlineData("n: int = m", "1,18: DLM0101 There is no parameter or value 'm'.")]
    [InlineData("n: int = 1 / 0", "1,18: DLM0106 'the divisor' is 0; it must be another number.")]
    [InlineData("n: int = 2, m: int", "1,21: DLM0112 A parameter without a default behind one that has a default is not possible here.")]
    public void AreChecked(string parameters, string expected)
    {
        var listed = Compiling.Listed(Compiling.Diagnose($"model A({parameters}) : [B, 4] -> [B, 2] {{ linear(n) }}"));
        Assert.StartsWith(expected, listed);
        Assert.DoesNotContain('\n', listed);
    }

    [Theory]
    [InlineData("n: int = -(-2)")]
    [InlineData("n: int = 2 ** 4 / 8 % 3")]
    [InlineData("n: int = (7 - 3) / 2")]
    [InlineData("n: int = -7 / 2 + 6")]
    public void DefaultsAreComputed(string parameter) =>
        Assert.Empty(Compiling.Diagnose($"model A({parameter}) : [B, 4] -> [B, n] {{\n  linear(n)\n  expect output [B, 2]\n}}"));

    /// <summary>A name that is nearly one that is there is offered; one that is not is not.</summary>
    [Theory]
    [InlineData("lineal(2)", "linear")]
    [InlineData("Linear(2)", "linear")]
    [InlineData("linaer(2)", "linear")]
    [InlineData("rleu", "relu")]
    [InlineData("max_pool(2)", "maxpool")]
    [InlineData("batch_norm", "batchnorm")]
    [InlineData("linear(clases)", "classes")]
    [InlineData("linear(CLASSES)", "classes")]
    [InlineData("linear(2, bais: false)", "bias")]
    [InlineData("convolutional(2)", null)]
    [InlineData("linear(x)", null)]
    [InlineData("q", null)]
    public void OffersWhatWasMeant(string stage, string? offered)
    {
        var diagnostic = Assert.Single(Compiling.Diagnose($"model A(classes: int = 2) : [B, 4] -> [B, classes] {{ {stage} }}"));
        if (offered is null) Assert.DoesNotContain("Did you mean", diagnostic.Message, StringComparison.Ordinal);
        else Assert.EndsWith($"Did you mean '{offered}'?", diagnostic.Message);
    }
}
