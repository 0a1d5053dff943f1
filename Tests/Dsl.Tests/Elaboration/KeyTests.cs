using System.Text.Json;
using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Elaboration;

/// <summary>Keys, shapes and counts are PyTorch's, so that a checkpoint made elsewhere loads unchanged.</summary>
public sealed class KeyTests
{
    private static readonly string References = Repository.PathOf("Tests", "Oracle", "references");

    /// <summary>The references of which the zoo has the model.</summary>
    public static TheoryData<string> Known() =>
        [.. Directory.EnumerateFiles(References, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(name => ZooModel(name) is not null).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Known))]
    public void AreThoseOfTheReference(string name)
    {
        using var reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(References, $"{name}.json")));
        var model = ZooModel(name)!;
        var expected = reference.RootElement.GetProperty("state").EnumerateObject()
            .Select(e => $"{e.Name} [{string.Join(", ", e.Value.EnumerateArray().Select(d => d.GetInt64()))}]");
        Assert.Equal(expected, Keys(model));
        Assert.Equal(reference.RootElement.GetProperty("parameters").GetInt64(), model.ParameterCount?.Value);
    }

    [Fact]
    public void TheFirstModelsAreAmongThem()
    {
        var known = Known().Select(row => row.Data).ToArray();
        Assert.Contains("alexnet", known);
        Assert.Contains("lenet5", known);
    }

    /// <summary>At the top of a model an unnamed stage is called by its kind and its number among that kind.</summary>
    [Theory]
    [InlineData("linear(3) -> relu -> linear(2)", "linear1.weight linear1.bias linear2.weight linear2.bias")]
    [InlineData("fc: linear(3) -> relu -> linear(2)", "fc.weight fc.bias linear1.weight linear1.bias")]
    [InlineData("linear(3, bias: false) -> batchnorm -> linear(2)",
        "linear1.weight batchnorm1.weight batchnorm1.bias batchnorm1.running_mean batchnorm1.running_var batchnorm1.num_batches_tracked linear2.weight linear2.bias")]
    // In a group every stage counts, whether it keeps something or not; across lines and chains alike.
    [InlineData("body: { linear(3) -> relu\n linear(2) }", "body.0.weight body.0.bias body.2.weight body.2.bias")]
    [InlineData("body: { relu -> fc: linear(3) -> linear(2) }", "body.fc.weight body.fc.bias body.2.weight body.2.bias")]
    [InlineData("body: { { linear(3) } -> inner: { relu -> linear(2) } }", "body.0.0.weight body.0.0.bias body.inner.1.weight body.inner.1.bias")]
    [InlineData("{ linear(2) }", "group1.0.weight group1.0.bias")]
    [InlineData("layers: repeat i in 0..2 { linear(2) }", "layers.0.weight layers.0.bias layers.1.weight layers.1.bias")]
    [InlineData("layers: repeat 2 { fc: linear(2) -> relu }", "layers.0.fc.weight layers.0.fc.bias layers.1.fc.weight layers.1.fc.bias")]
    // The turns of an inline repeat count as stages of what they stand in.
    [InlineData("body: { repeat 2 inline { linear(2) -> relu }\n linear(2) }", "body.0.weight body.0.bias body.2.weight body.2.bias body.4.weight body.4.bias")]
    [InlineData("body: { repeat 0 inline { linear(3) } -> linear(2) }", "body.0.weight body.0.bias")]
    [InlineData("repeat i in 0..2 inline { wide = linear(i + 2)\n wide -> relu }\nlinear(2)", "linear1.weight linear1.bias linear2.weight linear2.bias linear3.weight linear3.bias")]
    public void FollowTheStages(string body, string keys)
    {
        var model = Compiling.Model($"model A : [B, 4] -> [B, 2] {{\n{body}\n}}");
        Assert.Equal(keys.Split(' '), model.State.Select(s => s.Key));
    }

    [Theory]
    [InlineData("a: repeat 2 inline { linear(2) }", "2,1: DLM0112 A name for an inline repeat is not possible here. Its stages are called as those around it are: take the name away, or the word 'inline'.")]
    [InlineData("repeat n inline { linear(2) }", "2,8: DLM0112 An inline repeat whose count is open is not possible here. The keys of all that follows depend on it: write the number, or make it a parameter without a default that members of a family give.")]
    public void OfAnInlineRepeatMustBeKnown(string body, string expected) =>
        Assert.Equal(expected, Compiling.Listed(Compiling.Diagnose($"model A(n: int = 2) : [B, 4] -> [B, 2] {{\n{body}\n}}")));

    /// <summary>A family that leaves the count of an inline repeat to its members has no class; each of them has its own keys.</summary>
    [Fact]
    public void OfAFamilyAreItsMembers()
    {
        const string Text = """
            model Family(depth: int) : [B, 2] -> [B, 2] { body: { repeat depth inline { linear(2) -> relu } -> linear(2) } }
            model One = Family(1)
            model Three = Family(3)
            """;
        var file = DlmCompiler.Elaborate(Compiling.Parse(Text));
        Assert.Equal(["One", "Three"], file.Classes.Select(c => c.Name));
        Assert.Equal(["body.0.weight", "body.0.bias", "body.2.weight", "body.2.bias"], file.Models[0].State.Select(s => s.Key));
        Assert.Equal(8, file.Models[1].State.Count());
        Assert.Equal("body.6.bias", file.Models[1].State.Last().Key);
    }

    [Theory]
    [InlineData("fc: linear(3) -> fc: linear(2)", "2,18: DLM0109 The key 'fc' belongs to the stage on line 2 already. Give one of them another name.")]
    [InlineData("linear2: linear(3)\nlinear(3)\nlinear(2)", "4,1: DLM0109 The key 'linear2' belongs to the stage on line 2 already. Give one of them another name.")]
    [InlineData("g: { a: linear(3) -> a: linear(2) }", "2,22: DLM0109 The key 'a' belongs to the stage on line 2 already. Give one of them another name.")]
    public void AreUnique(string body, string expected) =>
        Assert.Equal(expected, Compiling.Listed(Compiling.Diagnose($"model A : [B, 4] -> [B, 2] {{\n{body}\n}}")));

    private static IEnumerable<string> Keys(ElaboratedModel model) =>
        model.State.Select(s => $"{s.Key} [{string.Join(", ", s.Weight.Dims.AsEnumerable())}]");

    private static readonly Lazy<Dictionary<string, ElaboratedModel>> Models = new(() => Repository.Zoo
        .SelectMany(file => DlmCompiler.Elaborate(Compiling.Parse(file.Text, file.Path), Repository.ImportsOf(file.Path)).Models)
        .ToDictionary(model => model.Name, StringComparer.OrdinalIgnoreCase));

    // Their references are of small members, as the tests of the zoo make them.
    private static readonly Dictionary<string, string> Small = new(StringComparer.Ordinal)
    {
        ["albert"] = "Albert(vocab: 100, d: 64, layers: 3, heads: 4, width: 16, context: 32)",
        ["bert"] = "Bert(vocab: 100, d: 64, layers: 2, heads: 4, context: 32)",
        ["bahdanau"] = "Bahdanau(100, 90, 12, 16, 10)",
        ["gpt"] = "Gpt(vocab: 100, context: 32, d: 64, layers: 2, heads: 4)",
        ["gpt2"] = "Gpt2(vocab: 100, context: 32, d: 64, layers: 2, heads: 4)",
        ["seq2seq"] = "Seq2Seq(100, 90, 12, 16)",
        ["transformer"] = "Transformer(d: 64, heads: 4, layers: 2, hidden: 128)",
    };

    private static ElaboratedModel? ZooModel(string name)
    {
        if (Small.TryGetValue(name, out var member))
        {
            var file = Repository.Zoo.Single(f => Path.GetFileNameWithoutExtension(f.Path).Equals(name, StringComparison.OrdinalIgnoreCase));
            return DlmCompiler.Elaborate(Compiling.Parse($"{file.Text}\nmodel Small = {member}\n", file.Path), Repository.ImportsOf(file.Path)).Models.Single(m => m.Name == "Small");
        }
        return Models.Value.GetValueOrDefault(name);
    }
}
