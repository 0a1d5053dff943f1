using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Random tensors. No gradient reaches what a draw depends on, but for normal.</summary>
internal static class Samplings
{
    private static readonly OperatorPort[] Like = [new("like", IsOptional: true)];

    public static IReadOnlyList<Operator> Rows { get; } =
    [
        Drawn("randn", "Numbers drawn from the standard normal distribution: randn(B, z)."),
        Drawn("rand", "Numbers drawn evenly from 0 to 1: rand(B, 1)."),
        new("randint", OperatorGroup.Sampling, "Whole numbers drawn evenly from low up to, and without, high: randint(0, 10, B) is int[B].")
        {
            Ports = Like,
            IsCreator = true,
            Arguments = [Int("low", minimum: long.MinValue), Int("high", minimum: long.MinValue), Sizes("size", minimum: 1)],
            Type = call =>
            {
                var (low, high) = (call.Int("low"), call.Int("high"));
                if ((high - low).Value is not < 1)
                {
                    call.Proofs.AtLeast(high - low, 1, "randint: high must be more than low");
                    return new TensorType(ElementType.Int, new(call.Sizes("size")));
                }
                call.Report("high").ArgumentOutOfRange("high", high.ToString(), $"more than low, which is {low}");
                return null;
            },
            CSharp = call => Template(
                $"global::TorchSharp.torch.randint($0, $1, $2{Creators.Place(call, ElementType.Int)})",
                Long(call.Int("low")), Long(call.Int("high")), Array("long", call.Sizes("size"))),
        },
        Alike("randn_like", "Numbers drawn from the standard normal distribution, in the shape of a tensor."),
        Alike("rand_like", "Numbers drawn evenly from 0 to 1, in the shape of a tensor."),
        new("bernoulli", OperatorGroup.Sampling, "1 with the probability that each element states, else 0.")
        {
            StopsGradient = true,
            Type = call => call.NeedsFloat("a float tensor") ? call.Input : null,
            CSharp = _ => Method("bernoulli"),
        },
        new("normal", OperatorGroup.Sampling, "mean + std times a standard normal number for each element; gradients reach both (Kingma and Welling, 2013).")
        {
            Ports = [new("mean"), new("std", TakesNumber: true)],
            Type = call =>
            {
                if (!call.NeedsOneFloatType()) return null;
                return call.NeedsShape(call.Port("std"), "its std", call.Input.Dims.ToArray(), "mean and std have one shape, or std is a number") ? call.Input : null;
            },
            CSharp = call => call.IsNumber("std") ? Helper("NormalOf", Normal("NormalOf", "global::TorchSharp.Scalar")) : Helper("Normal", Normal("Normal", "global::TorchSharp.torch.Tensor")),
        },
        new("categorical", OperatorGroup.Sampling, "A class drawn for each row of logits: [..., C] to int[...].")
        {
            Type = call => call.NeedsFloat("logits of each class, [..., C]", Enumerable.Range(1, 31).ToArray())
                ? new TensorType(ElementType.Int, new(call.Input.Dims.Take(call.Input.Rank - 1).ToArray())) : null,
            CSharp = _ => Helper("Categorical", Categorical),
        },
        new("multinomial", OperatorGroup.Sampling, "Classes drawn for each row of weights, each once unless they are put back: [B, C] to int[B, count].")
        {
            Arguments = [Int("count"), Bool("replacement", false)],
            Type = MultinomialType,
            CSharp = call => Method("multinomial", Arg(call.Int("count")), Arg(call.Value("replacement"), false)),
        },
    ];

    private static Operator Drawn(string name, string summary) => new(name, OperatorGroup.Sampling, summary)
    {
        Ports = Like,
        IsCreator = true,
        Arguments = [Sizes("size", minimum: 1)],
        Type = Creators.SizesType,
        CSharp = call => Template($"global::TorchSharp.torch.{name}($0{Creators.Place(call)})", Array("long", call.Sizes("size"))),
    };

    private static Operator Alike(string name, string summary) => new(name, OperatorGroup.Sampling, summary)
    {
        StopsGradient = true,
        Type = call => call.NeedsFloat("a float tensor") ? call.Input : null,
        CSharp = _ => TorchFunction(name),
    };

    // Of two ints TorchSharp would take the overload with a shape of ints.
    private static CSharpArgument Long(Dim value) => value.Value is { } known ? Code(known.ToString(System.Globalization.CultureInfo.InvariantCulture) + "L") : Arg(value);

    private static TensorType? MultinomialType(OperatorCall call)
    {
        if (!call.NeedsFloat("weights of each class, [B, C] or [C]", 1, 2)) return null;
        var (count, classes) = (call.Int("count"), call.Input[-1]);
        if (call.Value("replacement") is BoolValue { Value: false })
        {
            if (count.Value > classes.Value)
            {
                call.Report("count").ArgumentOutOfRange("count", count.ToString(), $"at most {classes}, the number of classes, or replacement: true");
                return null;
            }
            call.Proofs.AtLeast(classes - count, 0, $"multinomial: count must be at most {classes}");
        }
        return new TensorType(ElementType.Int, new([.. call.Input.Dims.Take(call.Input.Rank - 1), count]));
    }

    private static string Normal(string name, string std) => $$"""
        internal static global::TorchSharp.torch.Tensor {{name}}(global::TorchSharp.torch.Tensor mean, {{std}} std)
        {
            using var noise = global::TorchSharp.torch.randn_like(mean);
            using var scaled = noise * std;
            return mean + scaled;
        }
        """;

    private const string Categorical = """
        internal static global::TorchSharp.torch.Tensor Categorical(global::TorchSharp.torch.Tensor logits)
        {
            using var detached = logits.detach();
            using var probabilities = detached.softmax(-1);
            using var rows = probabilities.reshape(-1, logits.shape[^1]);
            using var drawn = rows.multinomial(1);
            return drawn.reshape(logits.shape[..^1]);
        }
        """;
}
