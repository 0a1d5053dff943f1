using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class CreationCases
{
    private const string Like = ", input.dtype, input.device)";

    public static OperatorCases[] All =>
    [
        new("zeros",
            Good("[B, 4]", "zeros(B, 7)", "[B, 7]", "torch.zeros(new long[] { sizeB, 7 }" + Like),
            Good("int[B]", "zeros(size: [2])", "[2]", "torch.zeros(new long[] { 2 }, global::TorchSharp.torch.ScalarType.Float32, input.device)"),
            Bad("[B]", "zeros(0)", "DLM0106", "at least 1"),
            Bad("[B]", "zeros(0.5)", "DLM0105", "whole numbers")),
        new("ones",
            Good("[B, 4]", "ones([n])", "[n]", "torch.ones(new long[] { _n }" + Like, parameters: "n: int"),
            Good("[B, 4]", "ones(size: [1, 2])", "[1, 2]", "torch.ones(new long[] { 1, 2 }" + Like),
            Bad("[B]", "ones", "DLM0104", "'size'")),
        new("full",
            Good("[B, 4]", "full(0.5, B, 2)", "[B, 2]", "torch.full(new long[] { sizeB, 2 }, 0.5" + Like),
            Good("[B, 4]", "full(value: p, size: [2])", "[2]", "torch.full(new long[] { 2 }, _p" + Like, parameters: "p: float"),
            Bad("[B]", "full(0.5)", "DLM0104", "'size'")),
        new("eye",
            Good("[B, 4]", "eye(3)", "[3, 3]", "torch.eye(3, 3" + Like),
            Good("[B, 4]", "eye(rows: B, columns: 2)", "[B, 2]", "torch.eye(sizeB, 2" + Like),
            Bad("[B]", "eye(0)", "DLM0106", "at least 1")),
        new("arange",
            Good("[B, 4]", "arange(0, B)", "int[B]", "torch.arange(0, sizeB, 1, global::TorchSharp.torch.ScalarType.Int64, input.device)"),
            Good("[B, 4]", "arange(start: -3, end: 7, step: 3)", "int[4]", "torch.arange(-3, 7, 3, global::TorchSharp.torch.ScalarType.Int64, input.device)"),
            Bad("[B]", "arange(3, 1)", "DLM0106", "more than start, which is 3"),
            Bad("[B]", "arange(0, 1, 0)", "DLM0106", "at least 1")),
        new("linspace",
            Good("[B, 4]", "linspace(start: -1, end: 1, steps: 11)", "[11]", "torch.linspace(-1, 1, 11" + Like),
            Bad("[B]", "linspace(0, 1, 0)", "DLM0106", "at least 1")),
        new("causal_mask",
            Good("[B, T]", "causal_mask(size: T)", "bool[T, T]", "DlmOperators.CausalMask(input, sizeT)"),
            Bad("[B, T]", "causal_mask", "DLM0104", "'size'")),
        new("sinusoid",
            Good("[B, T]", "sinusoid(length: T, width: 512)", "[T, 512]", "DlmOperators.Sinusoid(input, sizeT, 512)"),
            Bad("[B, T]", "sinusoid(T)", "DLM0104", "'width'")),
        new("zeros_like",
            Good("int[B, T]", "zeros_like", "int[B, T]", "torch.zeros_like(input)"),
            Bad("[B]", "zeros_like(1)", "DLM0103", "'zeros_like'")),
        new("ones_like",
            Good("bool[B, T]", "ones_like", "bool[B, T]", "torch.ones_like(input)"),
            Bad("[B]", "ones_like(1)", "DLM0103", "'ones_like'")),
    ];
}
