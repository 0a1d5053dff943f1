using Dlm.Dsl.Tests.Harness;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Tests.Elaboration;

/// <summary>Names of other files: which file needs which, and what was probably meant where none has the name.</summary>
public sealed class ImportTests
{
    private const string Layer = "namespace Lib\nblock Layer : [B, 4] -> [B, 2] { linear(2) }";
    private const string Other = "namespace Lib\nblock Tower : [B, 4] -> [B, 2] { linear(2) }";

    [Theory]
    [InlineData("use Lib\nmodel A : [B, 4] -> [B, 2] { Layer }", "layer.dlm", "")]
    [InlineData("namespace Lib\nmodel A : [B, 4] -> [B, 2] { Layer }", "layer.dlm", "")]
    [InlineData("use Lib\nmodel A : [B, 4] -> [B, 2] { Layre }", "layer.dlm", "2,30: DLM0101 There is no stage 'Layre'. Did you mean 'Layer'?")]
    [InlineData("use Lib\nmodel A = Layr()", "layer.dlm", "2,11: DLM0101 There is no model or block 'Layr'. Did you mean 'Layer'?")]
    [InlineData("model A : [B, 4] -> [B, 2] { Layer }", "layer.dlm", "1,30: DLM0101 'Layer' is in the namespace 'Lib'. Write at the top of this file: use Lib")]
    [InlineData("model A = Layer()\nmodel C = Layer()", "layer.dlm", "1,11: DLM0101 'Layer' is in the namespace 'Lib'. Write at the top of this file: use Lib")]
    [InlineData("model A : [B, 4] -> [B, 2] { Layre }", "", "1,30: DLM0101 There is no stage 'Layre'.")]
    [InlineData("use Lib\nmodel A : [Time, 4] -> [Time, 2] { linear(2) }", "", "1,1: DLM0132 Nothing here is from the namespace 'Lib'. Remove this line.")]
    public void OfAnotherFile(string text, string imports, string expected)
    {
        var files = new[] { ("a.dlm", text), ("layer.dlm", Layer), ("other.dlm", Other) }.ToDictionary(f => f.Item1, f => Compiling.Parse(f.Item2, f.Item1));
        var index = new ProjectIndex(files.Values.Select(DlmCompiler.Summarize).ToEquatableArray(), "Project");
        Assert.Equal(imports, string.Join(", ", index.ImportsOf("a.dlm")));
        var compiled = DlmCompiler.Compile(files["a.dlm"], index.ImportsOf("a.dlm").Select(p => files[p]).ToEquatableArray(), Compiling.Options);
        Assert.Equal(expected, Compiling.Listed(compiled.Diagnostics));
    }
}
