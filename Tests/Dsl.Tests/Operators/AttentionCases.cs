using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class AttentionCases
{
    private const string Heads = "(q: [B, 8, T, 64], k: [B, 8, S, 64], v: [B, 8, S, 32]";

    public static OperatorCases[] All =>
    [
        new("attention",
            Good(Heads + ")", "attention(q, k, v)", "[B, 8, T, 32]", "functional.scaled_dot_product_attention(q, k, v, null, 0, false)", macs: "768 * B * S * T"),
            Good(Heads + ", m: bool[T, S])", "attention(q, k, v, mask: m, dropout: p)", "[B, 8, T, 32]", "scaled_dot_product_attention(q, k, v, m, training ? _p : 0, false)", macs: "768 * B * S * T", parameters: "p: float"),
            Good("(x: [T, 4])", "attention(x, x, x, causal: true)", "[T, 4]", "scaled_dot_product_attention(x, x, x, null, 0, true)", macs: "8 * T * T"),
            Good(Heads + ", m: [B, 1, T, S])", "attention(q, k, v, m)", "[B, 8, T, 32]", "(q, k, v, m, 0, false)", macs: "768 * B * S * T"),
            Bad(Heads + ", m: bool[B, T, S])", "attention(q, k, v, m)", "DLM0212", "one for all heads is [B, 1, T, S]"),
            Bad(Heads + ", m: int[T, S])", "attention(q, k, v, m)", "DLM0206", "compare, e.g. mask != 0"),
            Bad(Heads + ", m: bool[T, S])", "attention(q, k, v, m, causal: true)", "DLM0106", "mask and causal_mask(T)"),
            Bad("(q: [T, 4], k: [S, 5], v: [S, 4])", "attention(q, k, v)", "DLM0212", "queries and keys have vectors of one length"),
            Bad("(q: [T, 4], k: [S, 4], v: [T, 4])", "attention(q, k, v)", "DLM0212", "one value for each key"),
            Bad("(x: [T])", "attention(x, x, x)", "DLM0201", "vectors for each position")),
    ];
}
