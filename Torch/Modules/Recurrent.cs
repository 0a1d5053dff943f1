using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Elman's recurrent network; (T, B, C) in, or (B, T, C) batch first, or (T, C).</summary>
public sealed class RNN : Module<Tensor, Tensor?, (Tensor, Tensor)>
{
    private readonly RecurrentWeights _weights;
    private readonly Op _op;

    internal RNN(
        long inputSize, long hiddenSize, long numLayers, NonLinearities nonLinearity, bool bias, bool batchFirst, double dropout,
        bool bidirectional, Device? device, ScalarType? dtype) : base(nameof(RNN))
    {
        _op = nonLinearity == NonLinearities.ReLU ? Aten.rnn_relu_input : Aten.rnn_tanh_input;
        _weights = new RecurrentWeights(this, 1, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);
    }

    public Parameter? get_weight_ih(long idx) => _weights.Find("weight_ih", idx);
    public Parameter? get_weight_hh(long idx) => _weights.Find("weight_hh", idx);
    public Parameter? get_bias_ih(long idx) => _weights.Find("bias_ih", idx);
    public Parameter? get_bias_hh(long idx) => _weights.Find("bias_hh", idx);

    /// <summary>The output of every step, and the last state.</summary>
    public override (Tensor, Tensor) forward(Tensor input, Tensor? h0) => _weights.Run(_op, input, h0);

    public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);
}

/// <summary>Gated recurrent units (Cho et al., 2014).</summary>
public sealed class GRU : Module<Tensor, Tensor?, (Tensor, Tensor)>
{
    private readonly RecurrentWeights _weights;

    internal GRU(
        long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device,
        ScalarType? dtype) : base(nameof(GRU)) =>
        _weights = new RecurrentWeights(this, 3, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

    /// <summary>The output of every step, and the last state.</summary>
    public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null) => _weights.Run(Aten.gru_input, input, h0);

    public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);
}

/// <summary>Long short-term memory (Hochreiter and Schmidhuber, 1997).</summary>
public sealed class LSTM : Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
{
    private readonly RecurrentWeights _weights;

    internal LSTM(
        long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device,
        ScalarType? dtype) : base(nameof(LSTM)) =>
        _weights = new RecurrentWeights(this, 4, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

    /// <summary>The output of every step, the last state, and the last memory.</summary>
    public override (Tensor, Tensor, Tensor) forward(
        Tensor input, (Tensor, Tensor)? h0_c0 = null) => _weights.Run(Aten.lstm_input, input, h0_c0);

    public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);
}
