using System.Runtime.CompilerServices;
using Dlm.Generator.Tests.Harness;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Dlm.Generator.Tests;

/// <summary>
/// What operators with several tensors, or none, compute, against the same written out by hand; and that what they make on the
/// way is disposed.
/// </summary>
public sealed class OperatorValueTests
{
    private static readonly Dictionary<string, (string Signature, string Body, Func<Tensor[]> Inputs, Func<Tensor[], Tensor[]> Expected)> Models = new(StringComparer.Ordinal)
    {
        ["WhereElse"] = ("(c: bool[B, 4], x: [B, 4]) -> [B, 4]", "where(c, x, -1)", () => [Flags(3, 4), X(3, 4)], i => [i[1].mul(i[0]) - i[0].logical_not().to(float32)]),
        ["WhereThen"] = ("(c: bool[B, 4], x: [B, 4]) -> [B, 4]", "where(c, 2, x)", () => [Flags(3, 4), X(3, 4)], i => [i[1].mul(i[0].logical_not()) + i[0].to(float32) * 2]),
        ["WhereNumbers"] = ("(c: bool[B]) -> int[B]", "where(c, 3, 5)", () => [Flags(6)], i => [5 - i[0].to(int64) * 2]),
        ["Mirrored"] = ("(x: [B]) -> (a: bool[B], b: bool[B], c: bool[B])", "(0 < x, 0 >= x, not (x != 0))", () => [tensor(new float[] { -1, 0, 2 })],
            _ => [tensor(new[] { false, false, true }), tensor(new[] { true, true, false }), tensor(new[] { false, true, false })]),
        ["Extremes"] = ("(x: [B], y: [B]) -> (a: [B], b: [B], c: [B])", "(minimum(x, y), maximum(x, 0), minimum(0.5, x))", () => [X(5), X(5)],
            i => [(i[0] + i[1] - (i[0] - i[1]).abs()) / 2, i[0].relu(), i[0].clamp(max: 0.5)]),
        ["Picked"] = ("(q: [B, 4], a: int[B]) -> [B]", "gather(q, a)", () => [X(3, 4), tensor(new long[] { 2, 0, 3 })], i => [stack([i[0][0, 2], i[0][1, 0], i[0][2, 3]])]),
        ["Added"] = ("(x: [B, 3], i: int[B, 2], s: [B, 2]) -> [B, 3]", "scatter_add(x, i, s)", () => [zeros(1, 3), tensor(new long[,] { { 2, 2 } }), tensor(new float[,] { { 1, 4 } })],
            _ => [tensor(new float[,] { { 0, 0, 5 } })]),
        ["Cut"] = ("(x: [B, 6]) -> (a: [B, 2], b: [B, 2], c: [B, 2], d: [B, 1], e: [B, 5])", "(p, q, r) = chunk(x, 3)\n  (s, t) = split(x, [1, 5])\n  (p, q, r, s, t)", () => [X(2, 6)],
            i => [i[0][.., ..2], i[0][.., 2..4], i[0][.., 4..], i[0][.., ..1], i[0][.., 1..]]),
        ["Unbound"] = ("(x: [2, 3]) -> (a: [3], b: [3])", "unbind(x)", () => [X(2, 3)], i => [i[0][0], i[0][1]]),
        ["Sorted"] = ("(x: [5]) -> (values: [5], indices: int[5], best: [2])", "(v, p) = sort(x, descending: true)\n  (t, _places) = topk(x, 2)\n  (v, p, t)", () => [tensor(new float[] { 3, 1, 5, 4, 2 })],
            _ => [tensor(new float[] { 5, 4, 3, 2, 1 }), tensor(new long[] { 2, 3, 0, 4, 1 }), tensor(new float[] { 5, 4 })]),
        ["Heads"] = ("(x: [B, T, 8]) -> [B, 2, T, 4]", "rearrange(x, \"b t (h k) -> b h t k\", h: 2)", () => [X(3, 5, 8)], i => [i[0].reshape(3, 5, 2, 4).transpose(1, 2)]),
        ["Patches"] = ("(x: [B, 3, H, W]) -> [B, H / 4 * (W / 4), 48]", "require H % 4 == 0 and W % 4 == 0\n  rearrange(x, \"b c (h p) (w q) -> b (h w) (p q c)\", p: 4, q: 4)", () => [X(2, 3, 8, 12)],
            i => [i[0].reshape(2, 3, 2, 4, 3, 4).permute(0, 2, 4, 3, 5, 1).reshape(2, 6, 48)]),
        ["Reduced"] = ("(x: [B, 3, 4, 6]) -> [B, 2, 3]", "reduce(x, \"b c (h 2) (w 2) -> b h w\", \"max\")", () => [X(2, 3, 4, 6)], i => [max_pool2d(i[0], 2).amax(1)]),
        ["Sums"] = ("(a: [B, I, J], b: [J, K]) -> [K, B]", "einsum(\"bij,jk->kb\", a, b)", () => [X(2, 3, 4), X(4, 5)], i => [i[0].sum(1).matmul(i[1]).t()]),
        ["Looked"] = ("(q: [B, T, 4], k: [B, S, 4], v: [B, S, 3], m: bool[T, S]) -> (a: [B, T, 3], b: [B, T, 4])", "(attention(q, k, v, mask: m), attention(q, q, q, causal: true))",
            () => [X(2, 3, 4), X(2, 5, 4), X(2, 5, 3), Flags(3, 5).logical_or(eye(3, 5).to(@bool))],
            i => [(i[0].matmul(i[1].mT) / 2).masked_fill(i[3].logical_not(), -1e9).softmax(-1).matmul(i[2]),
                (i[0].matmul(i[0].mT) / 2).masked_fill(ones(3, 3).triu(1).to(@bool), -1e9).softmax(-1).matmul(i[0])]),
        ["Made"] = ("(x: [B, T]) -> (a: [B, 3], b: int[T], c: [T, 4], d: bool[T, T], e: [2, 2])", "(full(0.5, B, 3) + zeros(3), arange(0, T), sinusoid(T, 4), causal_mask(T), eye(2) * ones(2, 2))", () => [X(2, 3)],
            _ => [full(2, 3, 0.5), arange(3), Positions(3, 4), ones(3, 3).tril().to(@bool), eye(2)]),
        ["Divergence"] = ("(x: [B, 4], y: [B, 4]) -> []", "kl_div(log_softmax(x), softmax(y), reduction: \"batchmean\")", () => [X(3, 4), X(3, 4)],
            i => [(i[1].softmax(-1) * (i[1].log_softmax(-1) - i[0].log_softmax(-1))).sum() / 3]),
        ["Filled"] = ("(x: [B, 4]) -> (a: [], b: [], c: [])", "(bce_with_logits(x, 1), mse(x, 2, reduction: \"sum\"), huber(x, 0, delta: 0.5))", () => [X(3, 4)],
            i => [-logsigmoid(i[0]).mean(), (i[0] - 2).square().sum(), where(i[0].abs().lt(0.5), i[0].square() / 2, (i[0].abs() - 0.25) * 0.5).mean()]),
        ["Classes"] = ("(x: [B, 3, T], y: int[B, T], w: [3]) -> (a: [], b: [B, T])", "(cross_entropy(x, y, w, label_smoothing: 0.1, ignore_index: 2), cross_entropy(x, y, reduction: \"none\"))",
            () => [X(2, 3, 4), tensor(new long[,] { { 0, 1, 2, 1 }, { 2, 0, 1, 1 } }), tensor(new float[] { 1, 2, 3 })], i => [Smoothed(i[0], i[1], i[2]), -i[0].log_softmax(1).gather(1, i[1].unsqueeze(1)).squeeze(1)]),
        ["Temporal"] = ("(x: [B, T, 3], y: int[B, S], n: int[B], m: int[B]) -> [B]", "ctc(log_softmax(x), y, n, m, reduction: \"none\")",
            () => [X(1, 2, 3), tensor(new long[,] { { 1, 2 } }), tensor(new long[] { 2 }), tensor(new long[] { 2 })], i => [-(i[0].log_softmax(-1)[.., 0, 1] + i[0].log_softmax(-1)[.., 1, 2])]),
        ["Moved"] = ("(x: [B, 1, 4, 4], m: [B, 2, 3]) -> [B, 1, 4, 4]", "grid_sample(x, affine_grid(m, 4, 4))", () => [X(1, 1, 4, 4), tensor(new float[,,] { { { -1, 0, 0 }, { 0, 1, 0 } } })], i => [i[0].flip(3)]),
        ["Stacked"] = ("(x: [B], y: float64[B]) -> (a: float64[B, 2], b: float64[2 * B])", "(stack(x, y, dim: 1), concat(x, y, dim: 0))", () => [X(3), X(3).to(float64)],
            i => [stack([i[0].to(float64), i[1]], 1), cat([i[0].to(float64), i[1]])]),
        ["Projected"] = ("(x: [B, 3], w: [5, 3], b: [5]) -> [B, 5]", "affine(x, w, b)", () => [X(2, 3), X(5, 3), X(5)], i => [i[0].matmul(i[1].t()) + i[2]]),
    };

    private static readonly GeneratedAssembly Assembly = GeneratedAssembly.Compile(
        ("a.dlm", "namespace A\n" + string.Concat(Models.Select(m => $"model {m.Key} : {m.Value.Signature} {{\n  {m.Value.Body}\n}}\n")) + """
        model Tagger : [B, T, 3] -> [B, T, 4] { lstm(5, layers: 2, bidirectional: true, dropout: 0.5) -> linear(4) }
        model Stateful : (x: [B, T, 3], h: [2, B, 5]) -> (y: [B, T, 10], last: [2, B, 5]) { gru(x, h, 5, bidirectional: true, states: true) }
        model Cells : (x: [B, T, 3]) -> [B, T, 5] {
          scan step over dim 1 with (h = zeros(B, 5), c = zeros(B, 5)) {
            (h, c) = (step, h, c) -> cell: lstm_cell(5)
            yield h
          }
        }
        model Drawn : (mean: [B, 4], std: [B, 4]) -> (a: [B, 4], b: int[B], c: [B, 2], d: [B, 4]) {
          (normal(mean, std), categorical(mean), randn(B, 2) + rand(B, 2), bernoulli(sigmoid(mean)))
        }
        """));

    public static TheoryData<string> Names => new(Models.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void ComputesWhatItSays(string name)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        manual_seed(3);
        var model = Models[name];
        var inputs = model.Inputs();
        using var inner = NewDisposeScope();
        var outputs = Call(name, inputs);
        Assert.Equal(outputs.Length, inner.DisposablesCount);
        var expected = model.Expected(inputs);
        Assert.Equal(expected.Length, outputs.Length);
        foreach (var (output, wanted) in outputs.Zip(expected))
        {
            Assert.Equal((wanted.dtype, string.Join(", ", wanted.shape)), (output.dtype, string.Join(", ", output.shape)));
            Assert.True(output.to(float64).allclose(wanted.to(float64), 1e-4, 1e-5), $"{Shown(output)}\n{Shown(wanted)}");
        }
    }

    [Fact]
    public void ARecurrentLayerGivesItsSequenceAndDisposesItsStates()
    {
        using var scope = NewDisposeScope();
        var module = (nn.Module<Tensor, Tensor>)Assembly.Create("A.Tagger");
        Assert.Equal("lstm1.weight_ih_l0", module.state_dict().Keys.First());
        module.eval();
        var x = X(2, 6, 3);
        var layer = nn.LSTM(3, 5, 2, true, true, 0.5, true);
        layer.load_state_dict(module.state_dict().Where(e => e.Key.StartsWith("lstm1.", StringComparison.Ordinal)).ToDictionary(e => e.Key["lstm1.".Length..], e => e.Value));
        layer.eval();
        var (sequence, _, _) = layer.call(x);
        var (weight, bias) = (module.get_parameter("linear2.weight") ?? module.parameters().SkipLast(1).Last(), module.parameters().Last());
        using (var inner = NewDisposeScope())
        {
            using var mode = no_grad();
            var output = module.call(x);
            Assert.Equal(1, inner.DisposablesCount);
            Assert.True(output.allclose(linear(sequence, weight, bias), 1e-4, 1e-5));
        }
        module.train();
        module.call(x).sum().backward();
        Assert.All(module.parameters(), p => Assert.NotNull(p.grad));
    }

    [Fact]
    public void ARecurrentLayerTakesAndGivesStates()
    {
        using var scope = NewDisposeScope();
        var module = (nn.Module<Tensor, Tensor, (Tensor, Tensor)>)Assembly.Create("A.Stateful");
        var (x, h) = (X(2, 4, 3), X(2, 2, 5));
        var (first, state) = module.call(x[.., ..2], h);
        var (all, last) = module.call(x, h);
        Assert.True(first[.., .., ..5].allclose(all[.., ..2, ..5], 1e-4, 1e-5));
        Assert.True(module.call(x[.., 2..], state).Item2[0].allclose(last[0], 1e-4, 1e-5));
    }

    [Fact]
    public void CellsInALoopAreTheLayer()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var module = (nn.Module<Tensor, Tensor>)Assembly.Create("A.Cells");
        var layer = nn.LSTM(3, 5, batchFirst: true);
        foreach (var (name, value) in layer.state_dict()) value.copy_(module.state_dict()["cell." + name.Replace("_l0", "", StringComparison.Ordinal)]);
        var x = X(2, 6, 3);
        Assert.True(module.call(x).allclose(layer.call(x).Item1, 1e-4, 1e-5));
    }

    [Fact]
    public void DrawsAreWhatTheirNumbersSay()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        manual_seed(1);
        var (mean, std) = (arange(4).to(float32).expand(20000, 4), full(20000, 4, 0.5));
        var outputs = Call("Drawn", mean, std);
        Assert.True(outputs[0].mean([0]).allclose(arange(4).to(float32), atol: 0.05));
        Assert.True(outputs[0].std(0).allclose(full(4, 0.5), atol: 0.05));
        Assert.True(one_hot(outputs[1], 4).to(float32).mean([0]).allclose(arange(4).to(float32).softmax(0), atol: 0.05));
        Assert.Equal([20000, 2], outputs[2].shape);
        Assert.True(outputs[3].mean([0]).allclose(arange(4).to(float32).sigmoid(), atol: 0.05));
    }

    private static Tensor[] Call(string name, params Tensor[] inputs)
    {
        var module = Assembly.Create($"A.{name}");
        var result = module.GetType().GetMethod("forward")!.Invoke(module, inputs);
        return result is ITuple tuple ? Enumerable.Range(0, tuple.Length).Select(i => (Tensor)tuple[i]!).ToArray() : [(Tensor)result!];
    }

    private static string Shown(Tensor tensor) => string.Join(", ", tensor.to(float64).contiguous().data<double>().ToArray());

    private static Tensor X(params long[] size) => randn(size);

    private static Tensor Flags(params long[] size) => rand(size).gt(0.5);

    private static Tensor Positions(long length, long width)
    {
        var angles = arange(length).to(float64).unsqueeze(1) / pow(10000, arange(0, width, 2).to(float64) / width);
        return stack([angles.sin(), angles.cos()], -1).flatten(1).to(float32);
    }

    private static Tensor pow(double number, Tensor exponent) => (exponent * Math.Log(number)).exp();

    // The mean is over the weights of the targets that count.
    private static Tensor Smoothed(Tensor x, Tensor y, Tensor w)
    {
        var log = x.log_softmax(1);
        var counts = y.ne(2).to(float32);
        var weight = w.index_select(0, y.flatten()).view_as(y) * counts;
        var own = -log.gather(1, y.unsqueeze(1)).squeeze(1) * weight;
        var all = -(log * w.view(1, 3, 1)).sum(1) * counts;
        return (own.sum() * 0.9 + all.sum() * (0.1 / 3)) / weight.sum();
    }
}
