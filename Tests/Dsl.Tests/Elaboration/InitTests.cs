using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Elaboration;

/// <summary><c>init</c>: which parameters a rule is for, and what is said where there is none.</summary>
public sealed class InitTests
{
    private static string Net(string rules) => $$"""
        block Part(wide: int) : [B, D] -> [B, D] {
          residual { layernorm -> linear(wide * D) -> relu -> linear(D) }
        }

        model Net(d: int = 8, layers: int = 2, std: float = 0.1, relu: bool = true) : int[B, T] -> [B, T] {
          param scale: [d] = 2
          embed: embedding(10, d) -> dropout(std) -> mean(dim: 1)
          h: repeat layers { Part(4) }
          body: { linear(d) -> batchnorm -> linear(d) }
          x = if relu then fc: linear(5) else fc: linear(6)
          x * scale[0]
          init {
        {{rules}}
          }
        }
        """.Replace("[B, T] -> [B, T]", "[B, T] -> [B, _]");

    [Theory]
    [InlineData("linear: xavier")]
    [InlineData("linear, embedding: normal(0, std)")]
    [InlineData("linear.bias, layernorm.bias: zeros\nbatchnorm: ones")]
    [InlineData("\"*.bias\": 0.5, \"scale\": uniform(-1, 1)")]
    [InlineData("\"h\": normal(0, 0.02)")]
    [InlineData("\"h.0.*\", \"h.17.group1.3.bias\", \"h.?.group1.0.weight\": ones")]
    [InlineData("\"h.*.weight\": trunc_normal(0, 0.02, a: -0.04, b: 0.04)\nlayernorm: ones")]
    [InlineData("\"*\": normal(0, std / sqrt(2 * layers))")]
    [InlineData("\"body.*.weight\": xavier\nbatchnorm: 1")]
    [InlineData("linear: kaiming_normal(0, \"fan_out\", \"relu\")")]
    [InlineData("linear: kaiming_uniform(mode: \"fan_out\")")]
    [InlineData("linear: orthogonal(gain: 1.4)")]
    [InlineData("linear: sparse(0.9)")]
    [InlineData("linear: identity")]
    [InlineData("linear: normal(std: d)")]
    public void IsForSomeParameter(string rules) => Assert.Empty(Compiling.Diagnose(Net(rules)));

    [Theory]
    [InlineData("linaer: zeros", "DLM0123", "There is no operator 'linaer'. Did you mean 'linear'? A rule is for an operator such as linear, or for a pattern of keys such as \"*.bias\".")]
    [InlineData("fc: zeros", "DLM0123", "There is no operator 'fc'. A rule for a stage or a param is a pattern of its keys, in quotes: \"fc\".")]
    [InlineData("conv: zeros", "DLM0123", "No layer with parameters is a 'conv' here. There are embedding, layernorm, linear, batchnorm.")]
    [InlineData("relu: zeros", "DLM0123", "No layer with parameters is a 'relu' here. There are embedding, layernorm, linear, batchnorm.")]
    [InlineData("linear.wieght: zeros", "DLM0123", "'linear' has no parameter 'wieght' here. Did you mean 'weight'?")]
    [InlineData("linear.gain: zeros", "DLM0123", "'linear' has no parameter 'gain' here. It has weight, bias.")]
    [InlineData("\"embd.weight\": zeros", "DLM0123", "No parameter matches \"embd.weight\". Did you mean 'embed.weight'?")]
    [InlineData("\"h.x.*\": zeros", "DLM0123", "No parameter matches \"h.x.*\". Did you mean 'h.*.*'?")]
    [InlineData("\"body.1.running_mean\": zeros", "DLM0123", "No parameter matches \"body.1.running_mean\". There are scale, embed.weight, h.*.group1.0.weight, h.*.group1.0.bias, h.*.group1.1.weight, h.*.group1.1.bias, h.*.group1.3.weight, h.*.group1.3.bias, ....")]
    [InlineData("\"fc\": xavier", "DLM0124", "'xavier' needs at least 2 dimensions, and a parameter that the rule is for has 1.\n    fc.bias  [5]\n    help: name those alone that have them, or write a rule for this one behind it, such as zeros")]
    [InlineData("linear: dirac", "DLM0124", "'dirac' needs 3 to 5 dimensions, and a parameter that the rule is for has 2.\n    h.*.group1.1.weight  [4 * d, d]\n    help: name those alone that have them, or write a rule for this one behind it, such as zeros")]
    [InlineData("linear: xaver", "DLM0101", "There is no initialiser 'xaver'. Did you mean 'xavier'?")]
    [InlineData("linear: xavier(gian: 2)", "DLM0103", "'xavier' has no argument 'gian'. Did you mean 'gain'?")]
    [InlineData("linear: sparse", "DLM0104", "'sparse' needs 'sparsity': sparse(0.1).")]
    [InlineData("linear: sparse(2)", "DLM0106", "'sparsity' is 2; it must be between 0 and 1.")]
    [InlineData("linear: normal(0, -1)", "DLM0106", "'std' is -1; it must be at least 0.")]
    [InlineData("linear: kaiming(mode: \"out\")", "DLM0105", "'mode' takes \"fan_in\" or \"fan_out\", not the text \"out\".")]
    [InlineData("linear: relu", "DLM0105", "'a parameter' takes a number or an initialiser such as xavier, not true.")]
    [InlineData("linear: normal(0, stdd)", "DLM0101", "There is no parameter or value 'stdd'. Did you mean 'std'?")]
    public void OrIsSaidNotToBe(string rules, string id, string message)
    {
        var diagnostic = Assert.Single(Compiling.Diagnose(Net(rules)));
        Assert.Equal((id, message), (diagnostic.Id, diagnostic.Message.ReplaceLineEndings("\n")));
    }

    [Fact]
    public void ALaterRuleTakesWhatDoesNotFit() => Assert.Empty(Compiling.Diagnose(Net("\"fc\": xavier\n\"*.bias\": zeros")));

    [Fact]
    public void IsAtTheTopOfABody() => Assert.Equal(
        "DLM0112", Assert.Single(Compiling.Diagnose("model M : [B, 4] -> [B, 4] {\n  a: {\n    linear(4)\n    init { linear: zeros }\n  }\n}\n")).Id);

    [Fact]
    public void InitIsANameStill() => Assert.Empty(Compiling.Diagnose("model M : [B, 4] -> [B, 4] {\n  init = linear(4)\n  init: relu(init) -> linear(4)\n}\n"));

    [Theory]
    [InlineData("linear zeros")]
    [InlineData("linear: zeros \"*\": ones")]
    [InlineData("linear: ")]
    [InlineData(", : zeros")]
    [InlineData("linear.: zeros")]
    [InlineData("linear: zeros\nlinear: zeros zeros\nlinear: ones")]
    public void OneMistakeGivesOneMessage(string rules) => Assert.Single(Compiling.Diagnose(Net(rules)));

    [Theory]
    [InlineData("h.*.weight", "h.#.weight", true)]
    [InlineData("h.0.weight", "h.#.weight", true)]
    [InlineData("h.12.weight", "h.#.weight", true)]
    [InlineData("h.1?.weight", "h.#.weight", true)]
    [InlineData("h.?", "h.#", true)]
    [InlineData("h.??", "h.#", true)]
    [InlineData("*7", "h.#", true)]
    [InlineData("h.weight", "h.#.weight", false)]
    [InlineData("h.a.weight", "h.#.weight", false)]
    [InlineData("h..weight", "h.#.weight", false)]
    [InlineData("h", "h.#.weight", true)]
    [InlineData("h.3", "h.#.weight", true)]
    [InlineData("h.*", "h.#.weight", true)]
    [InlineData("h*", "h1.weight", true)]
    [InlineData("h", "h1.weight", false)]
    [InlineData("*", "a", true)]
    [InlineData("", "a", false)]
    [InlineData("**b*", "abc", true)]
    [InlineData("layer1?", "layer#", true)]
    [InlineData("*.0.*.1", "a.#.b.#", true)]
    [InlineData("*.0.*.1", "a.#.b.2", false)]
    public void PatternsSeeThroughNumbersOfTurns(string pattern, string template, bool matches) => Assert.Equal(matches, KeyGlob.MayMatch(pattern, template));
}
