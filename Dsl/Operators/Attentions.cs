using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Attention.</summary>
internal static class Attentions
{
    private const string Vectors = "vectors for each position, [..., T, d]";

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("attention", OperatorGroup.Attention,
            "softmax(q k^T / sqrt(d)) v (Vaswani et al., 2017): [..., T, d], [..., S, d] and [..., S, m] to [..., T, m]. A bool mask says where to look, a float mask is added to the scores; causal looks back alone. With a cache, [2, ..., S, d], key and value are put at its end, in place, and the query looks at all that is in it.")
        {
            Ports = [new("query"), new("key"), new("value"), new("mask", IsOptional: true), new("cache", IsOptional: true) { IsWritten = true }],
            Arguments = [Float("dropout", 0), Bool("causal", false)],
            Type = AttentionType,
            Macs = (call, output) => Scores(call) * call.Input[-1] + Scores(call) * output[-1],
            CSharp = AttentionForm,
        },
    ];

    // As many as every query has keys.
    private static Dim Scores(OperatorCall call) => call.Input.WithDims([.. call.Input.Dims.Take(call.Input.Rank - 1), Looked(call)]).Count;

    private static Dim Looked(OperatorCall call) => (call.Port("cache") ?? call.Inputs[1]).Type[-2];

    private static TensorType? AttentionType(OperatorCall call)
    {
        var (query, key, value) = (call.Inputs[0], call.Inputs[1], call.Inputs[2]);
        var mask = call.Port("mask");
        foreach (var side in new[] { query, key, value })
        {
            if (!call.NeedsFloat(side, "query, key and value") || !call.NeedsRank(side, Vectors, Enumerable.Range(2, 31).ToArray())) return null;
        }
        if (!call.NeedsProbability("dropout")) return null;
        var leading = query.Type.Dims.Take(query.Type.Rank - 2).ToArray();
        if (!call.NeedsShape(key, "the key", [.. leading, key.Type[-2], query.Type[-1]], "queries and keys have vectors of one length, and one batch")) return null;
        if (!call.NeedsShape(value, "the value", [.. leading, key.Type[-2], value.Type[-1]], "there is one value for each key")) return null;
        if (call.Port("cache") is { } cache)
        {
            if (!call.NeedsFloat(cache, "the cache") || !call.NeedsRank(cache, "keys and values of all positions, [2, ..., S, d]", query.Type.Rank + 1)) return null;
            Dim[] held = [2, .. leading, cache.Type[-2], query.Type[-1]];
            if (!call.NeedsShape(cache, "the cache", held, "it holds keys, then values, which have one length") || !call.NeedsShape(value, "the value", key.Type.Dims.ToArray(), "a cache holds keys and values of one length")) return null;
            if ((cache.Type[-2] - key.Type[-2]).Value < 0)
            {
                call.Report().ArgumentOutOfRange("the cache's length", $"{cache.Type[-2]}", $"at least {key.Type[-2]}: what flows in is put at its end");
                return null;
            }
            call.Proofs.AtLeast(cache.Type[-2] - key.Type[-2], 0, "attention: the cache must have room for the keys");
        }
        if (mask is not null)
        {
            if (mask.Type.Element == ElementType.Int)
            {
                call.Report().WrongElementType("attention", "a bool or float tensor as its mask", mask.Type, mask.Origin, "compare, e.g. mask != 0, or declare the input as bool[T, S]");
                return null;
            }
            if (call.IsOn("causal"))
            {
                call.Report("causal").ArgumentOutOfRange("causal", "true", "false where there is a mask; join the two, mask and causal_mask(T)");
                return null;
            }
            Dim[] scores = [.. leading, query.Type[-2], Looked(call)];
            var conflicts = new List<SizeConflict>();
            var joined = Broadcasting.Join(call, "attention", scores, mask.Type.Dims.ToArray(), conflicts);
            if (conflicts.Count > 0 || joined.Length > scores.Length || joined.Where((d, i) => !d.Equals(scores[i]) && scores[i].Value == 1).Any())
            {
                if (conflicts.Count == 0) conflicts.Add(new SizeConflict("number of dimensions", mask.Type.Rank, scores.Length));
                call.Report().ShapeNeeded("attention", "the mask", mask, new TensorType(scores), conflicts, "a mask broadcasts to [..., T, S]: one for all heads is [B, 1, T, S]", call.Proofs.Facts);
                return null;
            }
        }
        return query.Type.WithDims([.. leading, query.Type[-2], value.Type[-1]]);
    }

    private static CSharpForm AttentionForm(OperatorCall call)
    {
        // The function drops out in evaluation too.
        var hasDropout = call.Value("dropout") is not FloatValue { Value: 0 };
        if (call.Port("cache") is not null)
        {
            return Template(
                $"$helpers.AttendCached($query, $key, $value, $mask, $cache, {(hasDropout ? "training ? $0 : 0" : "0")}, $1)",
                Arg(call.Value("dropout")), Arg(call.Value("causal"))) with
            { Source = AttendCached };
        }
        return Template(
            $"global::TorchSharp.torch.nn.functional.scaled_dot_product_attention($query, $key, $value, $mask, {(hasDropout ? "training ? $0 : 0" : "0")}, $1)",
            Arg(call.Value("dropout")), Arg(call.Value("causal")));
    }

    private const string AttendCached = """
        internal static global::TorchSharp.torch.Tensor AttendCached(
            global::TorchSharp.torch.Tensor query, global::TorchSharp.torch.Tensor key, global::TorchSharp.torch.Tensor value, global::TorchSharp.torch.Tensor? mask,
            global::TorchSharp.torch.Tensor cache, double dropout, bool causal)
        {
            var (room, now, asked) = (cache.size(-2), key.size(-2), query.size(-2));
            using var keys = cache.select(0, 0);
            using var values = cache.select(0, 1);
            using (var last = keys.narrow(-2, room - now, now)) last.copy_(key);
            using (var last = values.narrow(-2, room - now, now)) last.copy_(value);
            // The last query may look at everything.
            using var all = causal && asked > 1 ? global::TorchSharp.torch.ones(new long[] { asked, room }, dtype: global::TorchSharp.torch.ScalarType.Bool, device: cache.device) : null;
            using var back = all?.tril(room - asked);
            return global::TorchSharp.torch.nn.functional.scaled_dot_product_attention(query, keys, values, mask ?? back, dropout, causal && mask is not null);
        }
        """;
}
