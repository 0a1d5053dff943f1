using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>The weights of one step of a recurrent layer.</summary>
internal static class CellWeights
{
    internal static void Add(Module owner, long gates, long inputSize, long hiddenSize, bool bias, Device? device, ScalarType? dtype)
    {
        var bound = hiddenSize > 0 ? 1 / Math.Sqrt(hiddenSize) : 0;
        Add("weight_ih", gates * hiddenSize, inputSize);
        Add("weight_hh", gates * hiddenSize, hiddenSize);
        if (!bias)
            return;
        Add("bias_ih", gates * hiddenSize);
        Add("bias_hh", gates * hiddenSize);

        void Add(string name, params long[] size) => owner.Own(name, init.uniform_(empty(size, dtype, device), -bound, bound));
    }

    internal static Tensor Zeros(
        Tensor input, long hidden) => input.dim() == 1 ? input.new_zeros(hidden) : input.new_zeros(input.size(0), hidden);
}

public sealed class RNNCell : Module<Tensor, Tensor?, Tensor>
{
    private readonly Op _op;
    private readonly long _hidden;

    internal RNNCell(
        long inputSize, long hiddenSize, NonLinearities nonLinearity, bool bias, Device? device, ScalarType? dtype) : base(nameof(RNNCell))
    {
        _hidden = hiddenSize;
        _op = nonLinearity == NonLinearities.ReLU ? Aten.rnn_relu_cell : Aten.rnn_tanh_cell;
        CellWeights.Add(this, 1, inputSize, hiddenSize, bias, device, dtype);
    }

    public Parameter weight_ih { get => OwnParameter(nameof(weight_ih))!; set => Exchange(nameof(weight_ih), value); }
    public Parameter weight_hh { get => OwnParameter(nameof(weight_hh))!; set => Exchange(nameof(weight_hh), value); }
    public Parameter? bias_ih { get => OwnParameter(nameof(bias_ih)); set => Exchange(nameof(bias_ih), value); }
    public Parameter? bias_hh { get => OwnParameter(nameof(bias_hh)); set => Exchange(nameof(bias_hh), value); }

    /// <summary>The next state.</summary>
    public override Tensor forward(Tensor input, Tensor? h0 = null)
    {
        using var zeros = h0 is null ? CellWeights.Zeros(input, _hidden) : null;
        return _op.Call(input, h0 ?? zeros, weight_ih, weight_hh, bias_ih, bias_hh);
    }
}

public sealed class GRUCell : Module<Tensor, Tensor?, Tensor>
{
    private readonly long _hidden;

    internal GRUCell(long inputSize, long hiddenSize, bool bias, Device? device, ScalarType? dtype) : base(nameof(GRUCell))
    {
        _hidden = hiddenSize;
        CellWeights.Add(this, 3, inputSize, hiddenSize, bias, device, dtype);
    }

    public Parameter weight_ih { get => OwnParameter(nameof(weight_ih))!; set => Exchange(nameof(weight_ih), value); }
    public Parameter weight_hh { get => OwnParameter(nameof(weight_hh))!; set => Exchange(nameof(weight_hh), value); }
    public Parameter? bias_ih { get => OwnParameter(nameof(bias_ih)); set => Exchange(nameof(bias_ih), value); }
    public Parameter? bias_hh { get => OwnParameter(nameof(bias_hh)); set => Exchange(nameof(bias_hh), value); }

    /// <summary>The next state.</summary>
    public override Tensor forward(Tensor input, Tensor? h0 = null)
    {
        using var zeros = h0 is null ? CellWeights.Zeros(input, _hidden) : null;
        return Aten.gru_cell.Call(input, h0 ?? zeros, weight_ih, weight_hh, bias_ih, bias_hh);
    }
}

public sealed class LSTMCell : Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor)>
{
    private readonly long _hidden;

    internal LSTMCell(long inputSize, long hiddenSize, bool bias, Device? device, ScalarType? dtype) : base(nameof(LSTMCell))
    {
        _hidden = hiddenSize;
        CellWeights.Add(this, 4, inputSize, hiddenSize, bias, device, dtype);
    }

    public Parameter weight_ih { get => OwnParameter(nameof(weight_ih))!; set => Exchange(nameof(weight_ih), value); }
    public Parameter weight_hh { get => OwnParameter(nameof(weight_hh))!; set => Exchange(nameof(weight_hh), value); }
    public Parameter? bias_ih { get => OwnParameter(nameof(bias_ih)); set => Exchange(nameof(bias_ih), value); }
    public Parameter? bias_hh { get => OwnParameter(nameof(bias_hh)); set => Exchange(nameof(bias_hh), value); }

    /// <summary>The next state and the next memory.</summary>
    public override (Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0)
    {
        using var zeros = h0_c0 is null ? CellWeights.Zeros(input, _hidden) : null;
        var (state, memory) = h0_c0 ?? (zeros!, zeros!);
        return Aten.lstm_cell.Call2(input, new[] { state, memory }, weight_ih, weight_hh, bias_ih, bias_hh);
    }

    public new (Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);
}
