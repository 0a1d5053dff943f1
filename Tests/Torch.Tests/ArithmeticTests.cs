namespace Dlm.Torch.Tests;

public class ArithmeticTests
{
    private static Tensor Row(params float[] values) => tensor(values);

    [Fact]
    public void TensorsByTensorsBroadcast()
    {
        using var scope = NewDisposeScope();
        var a = Row(1, 2, 3);
        var b = tensor(new float[] { 10, 20 }).unsqueeze(1);
        Check.Equal(a + b, [2, 3], 11f, 12, 13, 21, 22, 23);
        Check.Equal(a - b, [2, 3], -9f, -8, -7, -19, -18, -17);
        Check.Equal(a * b, [2, 3], 10f, 20, 30, 20, 40, 60);
        Check.Close(a / b, [2, 3], 0.1, 0.2, 0.3, 0.05, 0.1, 0.15);
    }

    [Fact]
    public void NumbersStandOnEitherSide()
    {
        using var scope = NewDisposeScope();
        var a = Row(1, 2, 4);
        Check.Equal(a + 1, [3], 2f, 3, 5);
        Check.Equal(1 - a, [3], 0f, -1, -3);
        Check.Equal(2.5f * a, [3], 2.5f, 5, 10);
        Check.Equal(8.0 / a, [3], 8f, 4, 2);
        Check.Equal(a / 2, [3], 0.5f, 1, 2);
        Check.Equal(a % 3, [3], 1f, 2, 1);
        Check.Equal(-a, [3], -1f, -2, -4);
        Check.Equal(a.add(1), [3], 2f, 3, 5);
        Check.Equal(a.pow(2), [3], 1f, 4, 16);
    }

    [Fact]
    public void IntegersStayIntegersUntilDivided()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new long[] { 7, -7 });
        Check.Equal(a * 2, [2], 14L, -14L);
        Check.Equal(a.div(2, RoundingMode.floor), [2], 3L, -4L);
        Check.Equal(a.div(2, RoundingMode.trunc), [2], 3L, -3L);
        Check.Equal(a / 2, [2], 3.5f, -3.5f);
    }

    [Fact]
    public void InPlaceReturnsTheSameObject()
    {
        using var scope = NewDisposeScope();
        var a = Row(1, 2);
        Assert.Same(a, a.add_(1));
        Assert.Same(a, a.mul_(tensor(3f)));
        Assert.Same(a, a.sub_(2));
        Check.Equal(a, [2], 4f, 7);
        Assert.Same(a, a.addcmul_(Row(1, 1), Row(2, 3), 10));
        Check.Equal(a, [2], 24f, 37);
        Assert.Same(a, a.fill_(0.5));
        Check.Equal(a, [2], 0.5f, 0.5f);
    }

    [Fact]
    public void FunctionsOfEachElement()
    {
        using var scope = NewDisposeScope();
        var a = Row(-1, 0, 0.5f);
        Check.Close(a.exp(), [3], Math.Exp(-1), 1, Math.Exp(0.5));
        Check.Close(a.sigmoid(), [3], 1 / (1 + Math.E), 0.5, 1 / (1 + Math.Exp(-0.5)));
        Check.Close(a.tanh(), [3], Math.Tanh(-1), 0, Math.Tanh(0.5));
        Check.Equal(a.abs(), [3], 1f, 0, 0.5f);
        Check.Equal(a.clamp(-0.5, 0.25), [3], -0.5f, 0, 0.25f);
        Check.Equal(a.relu(), [3], 0f, 0, 0.5f);
        Check.Equal(a.sign(), [3], -1f, 0, 1);
        Check.Equal(Row(1.25f, -1.5f).round(), [2], 1f, -2);
        Check.Close(torch.sqrt(Row(4, 9)), [2], 2, 3);
    }

    [Fact]
    public void ComparisonsAndLogic()
    {
        using var scope = NewDisposeScope();
        var a = Row(1, 2, 3);
        Check.Equal(a > 1, [3], false, true, true);
        Check.Equal(a <= Row(1, 1, 3), [3], true, false, true);
        Check.Equal(a == 2, [3], false, true, false);
        Check.Equal(2 < a, [3], false, false, true);
        Check.Equal((a > 1) & (a < 3), [3], false, true, false);
        Check.Equal(~(a > 1), [3], true, false, false);
        Assert.True(a.allclose(a + 1e-9));
        Assert.True(a.Equals(a.clone()));
        Assert.False(a.Equals(a + 1));
    }

    [Fact]
    public void ProductsOfMatrices()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new float[,] { { 1, 2 }, { 3, 4 } });
        Check.Equal(a.matmul(a), [2, 2], 7f, 10, 15, 22);
        Check.Equal(a.mv(Row(1, -1)), [2], -1f, -1);
        Check.Equal(a.T, [2, 2], 1f, 3, 2, 4);
        Check.Close(a.inverse(), [2, 2], -2, 1, 1.5, -0.5);
        Check.Equal(einsum("ij,jk->ik", a, a), [2, 2], 7f, 10, 15, 22);
        Check.Equal(a.tril(), [2, 2], 1f, 0, 3, 4);
        Check.Equal(tensordot(a, a), [], 30f);
        Check.Close(a.det(), [], -2);
    }

    [Fact]
    public void Reductions()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new float[,] { { 1, 5, 3 }, { 4, 2, 6 } });
        Check.Equal(a.sum(), [], 21f);
        Check.Equal(a.sum(0L), [3], 5f, 7, 9); // a plain 0 is an element type, in TorchSharp as well
        Check.Equal(a.sum(1, true), [2, 1], 9f, 12);
        Check.Equal(a.mean([1]), [2], 3f, 4);
        Check.Equal(a.argmax(1), [2], 1L, 2L);
        var (values, indices) = a.max(1);
        Check.Equal(values, [2], 5f, 6);
        Check.Equal(indices, [2], 1L, 2L);
        Check.Close(a.std(1), [2], 2, 2);
        Check.Close(a.var([1], false), [2], 8.0 / 3, 8.0 / 3);
        var (top, places) = a.topk(2);
        Check.Equal(top, [2, 2], 5f, 3, 6, 4);
        Check.Equal(places, [2, 2], 1L, 2, 2, 0);
        Check.Equal(a.cumsum(1), [2, 3], 1f, 6, 9, 4, 6, 12);
        Check.Equal(a.prod(), [], 720f);
        Check.Close(a.norm(), [], Math.Sqrt(91));
        Check.Close(a.logsumexp(1), [2], Math.Log(Math.E + Math.Exp(5) + Math.Exp(3)), Math.Log(Math.Exp(4) + Math.Exp(2) + Math.Exp(6)));
        Check.Equal((a > 3).any(1), [2], true, true);
        Check.Equal((a > 1).all(), [], false);
        Check.Equal(a.sum(float64), [], 21.0);
        var (unique, inverse, counts) = tensor(new long[] { 3, 1, 3 }).unique(return_inverse: true, return_counts: true);
        Check.Equal(unique, [2], 1L, 3);
        Check.Equal(inverse!, [3], 1L, 0, 1);
        Check.Equal(counts!, [2], 1L, 2);
        (unique, inverse, counts) = tensor(new long[] { 1, 1, 3 }).unique_consecutive();
        Check.Equal(unique, [2], 1L, 3);
        Assert.True(inverse is null && counts is null);
    }

    [Fact]
    public void MixedTypesFollowLibtorchsPromotion()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(float32, (tensor(new[] { 1 }) + 1.5).dtype);
        Assert.Equal(int64, (tensor(new long[] { 1 }) + tensor(new[] { 1 })).dtype);
        Assert.Equal(float64, promote_types(float32, float64));
        Assert.Equal(float32, promote_types(int64, float32));
        Assert.Equal(@bool, (tensor(1f) > 0).dtype);
    }

    [Fact]
    public void LinearAlgebra()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new float[,] { { 2, 0 }, { 0, 3 } });
        Check.Close(linalg.det(a), [], 6);
        Check.Close(linalg.norm(a), [], Math.Sqrt(13));
        Check.Close(linalg.vector_norm(a, 1, [1]), [2], 2, 3);
        Check.Close(linalg.matrix_norm(a), [], Math.Sqrt(13));
        Check.Close(linalg.inv(a), [2, 2], 0.5, 0, 0, 1.0 / 3);
        Check.Close(linalg.solve(a, tensor(new float[] { 2, 3 })), [2], 1, 1);
        var (values, vectors) = linalg.eigh(a);
        Check.Close(values, [2], 2, 3);
        Assert.True(vectors.matmul(values.diag()).matmul(vectors.t()).allclose(a));
        var (u, s, v) = linalg.svd(a);
        Assert.True(u.matmul(s.diag()).matmul(v).allclose(a));
    }
}
