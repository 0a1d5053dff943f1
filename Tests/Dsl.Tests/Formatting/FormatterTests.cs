using System.Text;
using Dlm.Dsl.Formatting;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Tests.Harness;

namespace Dlm.Dsl.Tests.Formatting;

public sealed class FormatterTests
{
    private static readonly IReadOnlyList<(string Path, string Text)> Sound =
        [.. Repository.Zoo.Concat(Repository.Samples).Where(f => Compiling.Parse(f.Text).Diagnostics.Count == 0)];

    private const string Untidy = """


        namespace   A.B
        use  X.Y
        /// A doc comment.
        model  M ( a:int=1,b : float = 0.5 ):[B,3,H , W]->[B,a]   {

          // leads
          conv( 64,3 ,stride : 2 )->relu // one
          conv(64, 3)  // another


          features:{ conv(3,3)->relu
          linear(2)
          }
          y = x ->
             conv(1, 2) ->
                relu
          z = x [ : , -1 ] + y[1 : 3, :: 2] * ( a-b ) ** - 2
          parallel { a: { relu }  b: {  tanh }} -> concat(dim : 1)
          main = x -> conv1: conv(planes, 3, stride: stride, pad: 1, bias: false) -> bn1: batchnorm -> relu -> conv2: conv(planes, 3, pad: 1, bias: false)
          skip = if stride != 1 or C != planes then x -> downsample: { conv(planes, 1, stride: stride, bias: false) -> batchnorm } else x
          layer4: repeat i in 0..depths[3] { unit(512, stride: if i == 0 then 2 else 1, whatever: something_rather_long, more: 1) }
          f(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccccccccccccc, ddddddddddddddddd)
          g(
             a
             , b
           )
          scan x over dim 1 with (h = zeros(B, hidden), c = zeros(B, hidden)) { (h, c) = (x, h, c) -> cell: lstm_cell(hidden)
           yield h }
          places = scan i over 0..glimpses with (h = zeros(B, hidden), place = if start then start else 2 * rand(B, 2) - 1, memory = start_memory) { h = h + 1
           yield h }
          /* a block
             comment */
          relu /* within a line */ -> tanh
          // at the end
        }
        block MultiHeadAttention(d: int, heads: int, dropout: float = 0.1) : (query: [B, T, d], memory: [B, S, d], mask: bool[T, S]?) -> [B, T, d] { relu }
        model A = B(1) expect parameters 3
        model LongName = B(1, 2) expect parameters 3, macs 4
        fn gelu(x)=0.5*x*( 1+tanh( 0.79788456 *(x+0.044715*x**3)))
        // the end
        """;

    [Fact]
    public void TidiesUp() => Snapshot.Match(Format(Untidy), "dlm");

    [Fact]
    public void LeavesTheZooAsItIs() => Assert.All(Repository.Zoo, file =>
        Assert.True(Format(file.Text) == file.Text, $"{file.Path} is not formatted; this does it: dotnet run --project Cli -- fmt {file.Path}"));

    [Fact]
    public void LeavesBrokenFilesAlone()
    {
        var broken = Repository.Samples.Single(f => f.Path.EndsWith("broken.dlm", StringComparison.Ordinal)).Text.Replace("  ", "    ");
        Assert.Equal(broken, Format(broken));
    }

    [Fact]
    public void FormattingTwiceIsFormattingOnce() => Assert.All(Blurred(40).Append(Untidy), text =>
    {
        var once = Format(text);
        Assert.Equal(once, Format(once));
    });

    [Fact]
    public void KeepsEveryTokenAndComment() => Assert.All(Blurred(40).Append(Untidy), text =>
    {
        var formatted = Compiling.Parse(Format(text));
        Assert.Empty(formatted.Diagnostics);
        Assert.Equal(Words(text), Words(formatted.Text));
        Assert.Equal(Shape(Compiling.Parse(text).Syntax), Shape(formatted.Syntax));
    });

    [Fact]
    public void BlanksDoNotMatter() => Assert.All(Sound, file =>
    {
        var random = new Random(file.Text.Length);
        Assert.Equal(Format(file.Text), Format(Rewritten(file.Text, leading => Blanks(leading, random))));
    });

    // Whatever is typed in between: a file that still parses keeps what it says, another stays as it is.
    [Fact]
    public void SurvivesAnyText() => Bounded.Run(() =>
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var mutations = new Mutations(Sound[seed % Sound.Count].Text, seed);
            foreach (var text in (string[])[mutations.Sprinkle(), mutations.Splice(), mutations.Truncate()])
            {
                var formatted = Format(text);
                if (Compiling.Parse(text).Diagnostics.Count > 0) Assert.Equal(text, formatted);
                else Assert.Equal((formatted, string.Join(' ', Words(text))), (Format(formatted), string.Join(' ', Words(formatted))));
            }
        }
    });

    [Theory]
    [InlineData("a", " + a", "", 490), InlineData("(", "(", ")", 40), InlineData("{ ", "{ ", " }", 20), InlineData("f(", "f(", ")", 40), InlineData("x", "[0]", "", 400)]
    public void DeepTreesFitOnASmallStack(string first, string again, string close, int times) => Bounded.Run(() =>
    {
        var middle = close.Length > 0 ? "x" : "";
        var text = $"fn f(a) = {first}{string.Concat(Enumerable.Repeat(again, times))}{middle}{string.Concat(Enumerable.Repeat(close, times + 1))}\n";
        Assert.Empty(Compiling.Parse(text).Diagnostics);
        Assert.Equal(Words(text), Words(Format(text)));
    });

    [Theory]
    [InlineData(30), InlineData(60), InlineData(120)]
    public void NoLineIsLongerThanItMustBe(int width)
    {
        var text = "model A : [B, 4] -> [B, 4] { a: linear(4) -> " + string.Join(" -> ", Enumerable.Range(0, 50).Select(i => $"l{i}: linear(4)")) + " }";
        Assert.All(Format(text, new FormatOptions(width)).Split('\n').Skip(1), line => Assert.True(line.Length <= width, line));
    }

    [Fact]
    public void FollowsItsOptions()
    {
        var options = new FormatOptions(IndentSize: 4, UseTabs: true, LineEnd: "\r\n", FinalNewline: false);
        Assert.Equal("model A : [B, 4] -> [B, 2] {\r\n\tx: {\r\n\t\tlinear(2)\r\n\t}\r\n}", Format("model A : [B, 4] -> [B, 2] { x: {\nlinear(2)}}", options));
    }

    [Fact]
    public void ALineAsLongAsAFileIsNoTrouble() => Bounded.Run(() =>
    {
        var text = $"model A : [B, 4] -> [B, 4] {{ {string.Join(" -> ", Enumerable.Repeat("linear(4, bias: false)", 10_000))} }}";
        Assert.Equal(10_000, Words(Format(text)).Count(word => word == "linear"));
    });

    private static string Format(string text, FormatOptions? options = null) => DlmFormatter.Format(Compiling.Parse(text), options);

    // Every sound file with other blanks, more lines and comments put in, the same on every run.
    private static IEnumerable<string> Blurred(int times) =>
        from seed in Enumerable.Range(0, times)
        let file = Sound[seed % Sound.Count]
        let random = new Random(seed)
        let text = Rewritten(file.Text, leading => Blurred(leading, random))
        where Compiling.Parse(text).Diagnostics.Count == 0
        select text;

    private static string Rewritten(string text, Func<string, string> leading)
    {
        var written = new StringBuilder();
        foreach (var token in TreeRules.TokensOf(Compiling.Parse(text).Syntax).Where(t => !t.IsMissing)) written.Append(leading(token.Leading)).Append(token.Text);
        return written.ToString();
    }

    // More or fewer blanks where there are some; what stands in comments, and blank lines, remain.
    private static string Blanks(string leading, Random random) => leading.Contains('/') || leading.Length == 0
        ? leading
        : leading.Contains('\n') ? leading.TrimEnd(' ', '\t') + new string(' ', random.Next(9)) : new string(' ', random.Next(1, 6));

    private static string Blurred(string leading, Random random) => random.Next(12) switch
    {
        0 => leading + " /* why */ ",
        1 when leading.Contains('\n') => leading + "// why\n",
        2 => leading + new string('\n', random.Next(3)),
        3 when leading.Contains('\n') => " // behind" + leading,
        _ => Blanks(leading, random),
    };

    private static string Shape(SyntaxElement element) => element is SyntaxNode node
        ? $"{node.GetType().Name}({string.Join(" ", node.Children.Select(Shape))})"
        : ((SyntaxToken)element).Text;

    // Tokens and comments, in order.
    private static IEnumerable<string> Words(string text) =>
        from token in TreeRules.TokensOf(Compiling.Parse(text).Syntax)
        from word in Comment.Read(token.Leading).Comments.Select(c => string.Join('\n', c.Text.Split('\n').Select(line => line.TrimEnd()))).Append(token.Text)
        select word;
}
