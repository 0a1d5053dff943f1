using Dlm.Runtime.Checkpoints;

namespace Dlm.Runtime.Optimizers;

/// <summary>
/// Multiplies a loss so that small gradients survive in float16 (Micikevicius et al., 2018, section 3.2): as much as goes without
/// overflow, found by trying, as <c>torch.cuda.amp.GradScaler</c> does.
/// </summary>
/// <param name="scale">What it begins with.</param>
/// <param name="growth">What the scale is multiplied by after a while without overflow.</param>
/// <param name="backoff">What it is multiplied by after an overflow.</param>
/// <param name="interval">How many steps without overflow that is.</param>
public sealed class LossScaler(double scale = 65536, double growth = 2, double backoff = 0.5, int interval = 2000)
{
    private long _good;

    /// <summary>What the loss is multiplied by now.</summary>
    public double Scale { get; private set; } = scale;

    /// <summary>How many steps were not made because of an overflow.</summary>
    public long Skipped { get; private set; }

    /// <summary>Takes note of whether the gradients of a step were finite.</summary>
    public void Observe(bool finite)
    {
        if (!finite)
        {
            (Scale, _good) = (Scale * backoff, 0);
            Skipped++;
        }
        else if (++_good == interval)
        {
            (Scale, _good) = (Scale * growth, 0);
        }
    }

    internal void Save(CheckpointState state, string prefix)
    {
        state.Set($"{prefix}/scale", Scale);
        state.Set($"{prefix}/good", _good);
        state.Set($"{prefix}/skipped", Skipped);
    }

    internal void Load(CheckpointState state, string prefix)
    {
        Scale = state.Number($"{prefix}/scale");
        (_good, Skipped) = (state.Integer($"{prefix}/good"), state.Integer($"{prefix}/skipped"));
    }
}
