using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dlm.Testing.Tests;

// Mistakes that the language does not allow, in modules written by hand.

/// <summary>A frozen parameter looks at the storage of a trained one.</summary>
internal sealed class FrozenIsStepped : nn.Module<Tensor, Tensor>
{
    private readonly Linear layer = nn.Linear(8, 4);

    public FrozenIsStepped()
        : base(nameof(FrozenIsStepped))
    {
        register_module("layer", layer);
        register_parameter("frozen", new Parameter(layer.weight.detach(), false));
    }

    public override Tensor forward(Tensor input) => layer.call(input);
}

/// <summary>Counts its calls in eval mode as well.</summary>
internal sealed class CountsCalls : nn.Module<Tensor, Tensor>
{
    private readonly Linear layer = nn.Linear(8, 4);

    public CountsCalls()
        : base(nameof(CountsCalls))
    {
        register_module("layer", layer);
        register_buffer("calls", zeros(1));
    }

    public override Tensor forward(Tensor input)
    {
        get_buffer("calls")!.add_(1);
        return layer.call(input);
    }
}

/// <summary>The gradient has the wrong sign.</summary>
internal sealed class WrongSign : nn.Module<Tensor, Tensor>
{
    private readonly Linear layer = nn.Linear(8, 4);

    public WrongSign()
        : base(nameof(WrongSign)) => register_module("layer", layer);

    public override Tensor forward(Tensor input)
    {
        var output = layer.call(input);
        return 2 * output.detach() - output;
    }
}

/// <summary>Draws a table that nobody saves.</summary>
internal sealed class Unsaved : nn.Module<Tensor, Tensor>
{
    private readonly Linear layer = nn.Linear(8, 4);
    private readonly Tensor table = randn(8);

    public Unsaved()
        : base(nameof(Unsaved)) => register_module("layer", layer);

    public override Tensor forward(Tensor input) => layer.call(input * table);

    protected override void RegisterComponents()
    {
    }
}

/// <summary>Adds noise from a generator that no seed reaches.</summary>
internal sealed class Unseeded : nn.Module<Tensor, Tensor>
{
    private readonly Linear layer = nn.Linear(8, 4);

    public Unseeded()
        : base(nameof(Unseeded)) => register_module("layer", layer);

    public override Tensor forward(Tensor input) => layer.call(training ? input * (float)(1 + Random.Shared.NextDouble()) : input);
}
