using System.Globalization;

namespace Dlm.Torch.Tests;

public class PrintingTests
{
    private static string Text(Tensor tensor, TorchSharp.TensorStringStyle style) =>
        tensor.ToString(style, cultureInfo: CultureInfo.InvariantCulture, newLine: "\n");

    [Fact]
    public void EveryStyle()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new float[,] { { 1, 2.5f }, { -3, 4e10f } });
        Assert.Equal("[2x2], type = Float32, device = cpu", t.ToString());
        Assert.Equal("[[1 2.5]\n [-3 4e+10]]", Text(t, numpy));
        Assert.Equal("[2x2], type = Float32, device = cpu\n 1 2.5\n -3 4e+10", Text(t, julia));
        Assert.Equal("[2x2], type = Float32, device = cpu, value = float [,] {{1f, 2.5f}, {-3f, 4e+10f}}", Text(t, csharp));
        Assert.Equal(Text(t, julia), Text(t, TorchSharp.TensorStringStyle.Default));
        Assert.Equal("[], type = Int64, device = cpu, value = 7", Text(tensor(7L), julia));
        Assert.Equal("[true false]", Text(tensor(new[] { true, false }), numpy));
        Assert.Equal("[0 1 2 ... 97 98 99]", Text(arange(100), numpy));
        Assert.Equal("[2x1x2], type = Int64, device = cpu\n[0,..,..] =\n 0 1\n\n[1,..,..] =\n 2 3", Text(arange(4).reshape(2, 1, 2), julia));
        Assert.Equal("[[[0 1]]\n [[2 3]]]", Text(arange(4).reshape(2, 1, 2), numpy));
        Assert.Equal("[]", Text(zeros(0), numpy));
        Assert.Equal("[1.5]", tensor(new[] { 1.5 }).requires_grad_().npstr(cultureInfo: CultureInfo.InvariantCulture));
    }

    [Fact]
    public void PrintingLeavesNothingBehind()
    {
        using var t = ones(3, 3);
        var live = LiveTensors;
        t.cstr();
        t.jlstr();
        Assert.Equal(live, LiveTensors);
    }
}
