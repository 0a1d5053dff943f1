using System.Runtime.CompilerServices;
using Dlm.Dsl.Shapes;
using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Operators.Tests;

/// <summary>What libtorch makes of a call.</summary>
/// <param name="Outputs">Type and shape of each output; null where it refuses.</param>
/// <param name="State">The keys and shapes of a layer's parameters and buffers.</param>
/// <param name="Error">The first line of what it says where it refuses.</param>
/// <param name="IsLayer">Whether a layer was made before.</param>
internal sealed record Outcome(string? Outputs, string State, string Error, bool IsLayer);

/// <summary>Runs drawn calls.</summary>
internal static class Libtorch
{
    /// <summary>The call while training, or else, where a layer has no value for so few elements, as in use.</summary>
    public static Outcome Run(Draw draw, RunForm form, object[] values)
    {
        var training = RunOnce(draw, form, values, training: true);
        return training.Outputs is null && training.IsLayer ? RunOnce(draw, form, values, training: false) : training;
    }

    /// <summary>Type and shape as outcomes show them.</summary>
    public static string Shown(TensorType type) => $"{ScalarOf(type.Element)} [{string.Join(", ", type.Dims)}]";

    /// <summary>Tensors of the drawn types: floats between 0.1 and 0.9, zeros as indices, either bool.</summary>
    public static Tensor[] Inputs(Draw draw) => draw.Inputs.Select(type =>
    {
        var shape = type.Dims.Select(d => d.Value!.Value).ToArray();
        return type.Element switch
        {
            ElementType.Int => zeros(shape, ScalarType.Int64),
            ElementType.Bool => rand(shape).gt(0.5),
            _ when draw.Row.Name == "cholesky" && shape is [.., var rows, var columns] && rows == columns => PositiveDefinite(rand(shape, ScalarOf(type.Element))),
            _ => rand(shape, ScalarOf(type.Element)).mul(0.8).add(0.1),
        };
    }).ToArray();

    private static Tensor PositiveDefinite(Tensor any) => any.matmul(any.transpose(-1, -2)).add(eye(any.shape[^1], dtype: any.dtype));

    /// <summary>The tensors that a form gives.</summary>
    public static Tensor[] Outputs(object result) => result switch
    {
        Tensor one => [one],
        Tensor[] several => several,
        ITuple tuple => Enumerable.Range(0, tuple.Length).Select(i => (Tensor)tuple[i]!).ToArray(),
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, null),
    };

    /// <summary>Makes a layer work on the type of its input, as a user would move it.</summary>
    public static void Prepare(nn.Module layer, Draw draw, bool training)
    {
        layer.train(training);
        if (draw.Inputs.Any(i => i.Element == ElementType.Float64)) layer.to(ScalarType.Float64);
    }

    private static Outcome RunOnce(Draw draw, RunForm form, object[] values, bool training)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var (state, isLayer) = ("", false);
        try
        {
            var outputs = Outputs(form(Inputs(draw), values, training, layer =>
            {
                Prepare(layer, draw, training);
                isLayer = true;
                state = string.Join(", ", layer.state_dict().Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value.shape)}]").Order(StringComparer.Ordinal));
            }));
            return new Outcome(string.Join(", ", outputs.Select(o => $"{o.dtype} [{string.Join(", ", o.shape)}]")), state, "", isLayer);
        }
#pragma warning disable CA1031 // Whatever it throws is what it says of the call.
        catch (Exception exception)
        {
            return new Outcome(null, state, exception.Message.Split('\n')[0], isLayer);
        }
#pragma warning restore CA1031
    }

    private static ScalarType ScalarOf(ElementType element) => element switch
    {
        ElementType.Float => ScalarType.Float32,
        ElementType.Float64 => ScalarType.Float64,
        ElementType.Int => ScalarType.Int64,
        _ => ScalarType.Bool,
    };
}
