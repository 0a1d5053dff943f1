using static Dlm.Dsl.Tests.Operators.OperatorCases;

namespace Dlm.Dsl.Tests.Operators;

internal static class RecurrentCases
{
    private const string Lstm = "weight_ih_l0 [80, 10], weight_hh_l0 [80, 20], bias_ih_l0 [80], bias_hh_l0 [80]";
    private const string Gru = "weight_ih_l0 [15, 4], weight_hh_l0 [15, 5], weight_ih_l0_reverse [15, 4], weight_hh_l0_reverse [15, 5], "
        + "weight_ih_l1 [15, 10], weight_hh_l1 [15, 5], weight_ih_l1_reverse [15, 10], weight_hh_l1_reverse [15, 5]";

    public static OperatorCases[] All =>
    [
        new("lstm",
            Good("[B, T, 10]", "lstm(20)", "[B, T, 20]", "nn.LSTM(10, 20, 1, true, true)", Lstm, "2400 * B * T"),
            Good("[B, T, 10]", "lstm(20, states: true)", "(y: [B, T, 20], h: [1, B, 20], c: [1, B, 20])", "var (output, h, c) = _s.call(input);", Lstm, "2400 * B * T"),
            Good("(x: [B, T, 10], h: [1, B, 20], c: [1, B, 20])", "lstm(x, h, c, 20)", "[B, T, 20]", "DlmOperators.Sequence(_s.call(x, (h, c)))", Lstm, "2400 * B * T"),
            Good("(x: [B, T, 10], h: [1, B, 20]?, c: [1, B, 20]?)", "lstm(x, h, c, 20)", "[B, T, 20]", "_s.call(x, h is null && c is null ? null : (h ?? throw", Lstm, "2400 * B * T"),
            Good("[B, T, d]", "lstm(hidden: n, layers: 2, bidirectional: true, dropout: 0.5, bias: false)", "[B, T, 2 * n]", "nn.LSTM(d, n, 2, false, true, 0.5, true)",
                "weight_ih_l0 [4 * n, d], weight_hh_l0 [4 * n, n], weight_ih_l0_reverse [4 * n, d], weight_hh_l0_reverse [4 * n, n], "
                + "weight_ih_l1 [4 * n, 2 * n], weight_hh_l1 [4 * n, n], weight_ih_l1_reverse [4 * n, 2 * n], weight_hh_l1_reverse [4 * n, n]",
                "8 * B * T * d * n + 32 * B * T * n * n", "d: int, n: int"),
            Bad("[B, 10]", "lstm(20)", "DLM0201", "a batch of sequences [B, T, d]"),
            Bad("int[B, T, 10]", "lstm(20)", "DLM0206", "a float tensor"),
            Bad("[B, T, D]", "lstm(20)", "DLM0207", "width D"),
            Bad("[B, T, 10]", "lstm(20, dropout: 0.5)", "DLM0106", "0 where there is one layer"),
            Bad("[B, T, 10]", "lstm(20, layers: 1_000_000_000)", "DLM0106", "at most 1000"),
            Bad("(x: [B, T, 10], h: [1, B, 20])", "lstm(x, h, 20)", "DLM0115", "'lstm'"),
            Bad("(x: [B, T, 10], h: [B, 20], c: [B, 20])", "lstm(x, h, c, 20)", "DLM0212", "needs [1, B, 20] as 'h'")),
        new("gru",
            Good("[B, T, 4]", "gru(5, 2, true, bias: false)", "[B, T, 10]", "nn.GRU(4, 5, 2, false, true, 0, true)", Gru, "720 * B * T"),
            Good("(x: [B, T, 4], h: [2, B, 5])", "gru(x, 5, layers: 2, dropout: 0.1, states: true, h: h)", "(y: [B, T, 5], h: [2, B, 5])", "_s.call(x, h)",
                "weight_ih_l0 [15, 4], weight_hh_l0 [15, 5], bias_ih_l0 [15], bias_hh_l0 [15], weight_ih_l1 [15, 5], weight_hh_l1 [15, 5], bias_ih_l1 [15], bias_hh_l1 [15]", "285 * B * T"),
            Good("[B, T, 4]", "gru(hidden: 5, bidirectional: true, states: true, bias: false)", "(y: [B, T, 10], h: [2, B, 5])", "var (output, h) = _s.call(input);",
                "weight_ih_l0 [15, 4], weight_hh_l0 [15, 5], weight_ih_l0_reverse [15, 4], weight_hh_l0_reverse [15, 5]", "270 * B * T"),
            Bad("[B, T, 4]", "gru(0)", "DLM0106", "at least 1"),
            Bad("(x: [B, T, 4], h: [1, B, 5])", "gru(x, h, 5, layers: 2)", "DLM0212", "needs [2, B, 5] as 'h'")),
        new("rnn",
            Good("[B, T, 4]", "rnn(5, layers: 1, bidirectional: false, dropout: 0, bias: true, activation: \"relu\", states: false)", "[B, T, 5]",
                "nn.RNN(4, 5, 1, global::TorchSharp.torch.nn.NonLinearities.ReLU, true, true)", "weight_ih_l0 [5, 4], weight_hh_l0 [5, 5], bias_ih_l0 [5], bias_hh_l0 [5]", "45 * B * T"),
            Good("[B, T, 4]", "rnn(hidden: 5, bias: false)", "[B, T, 5]", "nn.RNN(4, 5, 1, global::TorchSharp.torch.nn.NonLinearities.Tanh, false, true)", "weight_ih_l0 [5, 4], weight_hh_l0 [5, 5]", "45 * B * T"),
            Bad("[B, T, 4]", "rnn(5, activation: \"elu\")", "DLM0106", "\"tanh\" or \"relu\"")),
        new("lstm_cell",
            Good("(x: [B, 4], h: [B, 5], c: [B, 5])", "lstm_cell(x, h, c, 5)", "(h2: [B, 5], c2: [B, 5])", "_s.call(x, (h, c))", "weight_ih [20, 4], weight_hh [20, 5], bias_ih [20], bias_hh [20]", "180 * B"),
            Good("(x: [B, d], h: [B, 5], c: [B, 5])", "lstm_cell(x, h, c, hidden: 5, bias: false)", "(h2: [B, 5], c2: [B, 5])", "nn.LSTMCell(d, 5, false)", "weight_ih [20, d], weight_hh [20, 5]", "100 * B + 20 * B * d", "d: int"),
            Bad("(x: [B, 4], h: [B, 5], c: [B, 6])", "lstm_cell(x, h, c, 5)", "DLM0212", "needs [B, 5] as 'c'"),
            Bad("(x: [B, 4], h: [B, 5])", "lstm_cell(x, h, 5)", "DLM0115", "'lstm_cell'")),
        new("gru_cell",
            Good("(x: [B, 4], h: [B, 5])", "gru_cell(x, h, 5)", "[B, 5]", "_s.call(x, h)", "weight_ih [15, 4], weight_hh [15, 5], bias_ih [15], bias_hh [15]", "135 * B"),
            Good("(x: [B, 4], h: [B, 5])", "gru_cell(x, h, hidden: 5, bias: false)", "[B, 5]", "nn.GRUCell(4, 5, false)", "weight_ih [15, 4], weight_hh [15, 5]", "135 * B"),
            Bad("(x: [B, T, 4], h: [B, 5])", "gru_cell(x, h, 5)", "DLM0201", "a step of a batch, [B, d]")),
        new("rnn_cell",
            Good("(x: [B, 4], h: [B, 5])", "rnn_cell(x, h, 5, bias: true, activation: \"relu\")", "[B, 5]", "nn.RNNCell(4, 5, global::TorchSharp.torch.nn.NonLinearities.ReLU)",
                "weight_ih [5, 4], weight_hh [5, 5], bias_ih [5], bias_hh [5]", "45 * B"),
            Good("(x: [B, 4], h: [B, 5])", "rnn_cell(x, h, hidden: 5, bias: false)", "[B, 5]", "_s.call(x, h)", "weight_ih [5, 4], weight_hh [5, 5]", "45 * B"),
            Bad("(x: [B, 4], h: int[B, 5])", "rnn_cell(x, h, 5)", "DLM0206", "a float tensor as each side"),
            Bad("(x: [B, 4], h: [B, 5])", "rnn_cell(x, h, 5, activation: \"elu\")", "DLM0106", "\"tanh\" or \"relu\"")),
    ];
}
