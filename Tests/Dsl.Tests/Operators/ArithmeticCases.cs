using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class ArithmeticCases
{
    public static OperatorCases[] All =>
    [
        new("concat",
            Good("[B, 4]", "concat(dim: 1)", "[B, 4]", "torch.cat(new global::TorchSharp.torch.Tensor[] { input }, 1)"),
            Good("[B, 4, H]", "concat(-1)", "[B, 4, H]", "{ input }, -1)"),
            Bad("[B, 4]", "concat(2)", "DLM0106", "a dimension of [B, 4], -2 to 1"),
            Bad("[B, 4]", "concat", "DLM0104", "'dim'")),
    ];
}
