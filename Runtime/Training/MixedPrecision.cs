using Dlm.Runtime.Optimizers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dlm.Runtime.Training;

/// <summary>
/// While it lives, the linear and convolution layers of networks compute in 16 bits, and all else, norms, softmax and losses among it, in
/// 32 (Micikevicius et al., 2018). The optimizers keep the weights in 32 bits and step those.
/// </summary>
/// <remarks>
/// Each such layer's parameters are converted, its input is rounded and its output widened again, so that no other part of a
/// network meets a type that it does not expect. A layer stays as it is where not all of its parameters are trained or where it shares one.
/// </remarks>
internal sealed class MixedPrecision : IDisposable
{
    private readonly List<(nn.Module<Tensor, Tensor> Layer, Action RemoveHooks)> _layers = [];
    private readonly Optimizer[] _optimizers;

    private MixedPrecision(Objective objective, ScalarType type)
    {
        _optimizers = [.. objective.Optimizers.Select(optimizer => optimizer.Optimizer)];
        HashSet<Parameter> trained = new(_optimizers.SelectMany(optimizer => optimizer.Parameters), ReferenceEqualityComparer.Instance);
        nn.Module[] modules = [.. objective.Networks.SelectMany(n => n.Network.modules().Append(n.Network)).Distinct<nn.Module>(ReferenceEqualityComparer.Instance)];
        HashSet<Parameter> shared = new(
            modules.SelectMany(module => module.named_parameters(false)).GroupBy(p => p.parameter, ReferenceEqualityComparer.Instance)
                .Where(same => same.Count() > 1).Select(same => (Parameter)same.Key!),
            ReferenceEqualityComparer.Instance);
        foreach (nn.Module module in modules)
        {
            if (module is not (Linear or Convolution)) continue;
            if (!module.parameters(false).All(p => p.dtype == ScalarType.Float32 && trained.Contains(p) && !shared.Contains(p))) continue;
            _layers.Add(Convert((nn.Module<Tensor, Tensor>)module, type));
        }

        foreach (Optimizer optimizer in _optimizers) optimizer.Follow();
    }

    /// <summary>How many layers compute in 16 bits.</summary>
    public int Layers => _layers.Count;

    /// <summary>Begins to compute in a precision; null where that is 32 bits.</summary>
    /// <param name="objective">The networks and their optimizers.</param>
    /// <param name="precision">The precision.</param>
    /// <exception cref="NotSupportedException">The networks are where there are no products of this type.</exception>
    public static MixedPrecision? Begin(Objective objective, Precision precision)
    {
        if (precision == Precision.Float32) return null;
        if (precision == Precision.Float16)
        {
            if (objective.Optimizers.SelectMany(o => o.Optimizer.Parameters).Any(parameter => parameter.device_type == DeviceType.CPU))
            {
                throw new NotSupportedException("Precision.Float16 needs a GPU: on a CPU there are no products of float16. Use Precision.BFloat16, or move the network to a GPU.");
            }

            foreach ((_, Optimizer optimizer) in objective.Optimizers) optimizer.Scaler ??= new LossScaler();
        }

        return new MixedPrecision(objective, precision == Precision.Float16 ? ScalarType.Float16 : ScalarType.BFloat16);
    }

    /// <summary>Puts everything back into 32 bits, with the values that the optimizers kept.</summary>
    public void Dispose()
    {
        foreach ((nn.Module<Tensor, Tensor> layer, Action removeHooks) in _layers)
        {
            removeHooks();
            layer.to(ScalarType.Float32);
        }

        foreach (Optimizer optimizer in _optimizers) optimizer.Follow();
    }

    private static (nn.Module<Tensor, Tensor> Layer, Action RemoveHooks) Convert(nn.Module<Tensor, Tensor> layer, ScalarType type)
    {
        layer.to(type);
        var narrow = layer.register_forward_pre_hook((_, input) => input.to(type));
        var widen = layer.register_forward_hook((_, _, output) => output.to(ScalarType.Float32));
        return (layer, Remove);

        void Remove()
        {
            narrow.remove();
            widen.remove();
        }
    }
}
