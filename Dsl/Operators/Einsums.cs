using Dlm.Dsl.Shapes;
using static Dlm.Dsl.Operators.Row;

namespace Dlm.Dsl.Operators;

/// <summary>Sums of products by a pattern.</summary>
internal static class Einsums
{
    public static IReadOnlyList<Operator> Rows { get; } =
    [
        new("einsum", OperatorGroup.Linear,
            "The sum of products that a pattern names, a letter for each dimension: einsum(\"bij,bkj->bik\", a, b). Letters that the result lacks are summed over.")
        {
            IsVariadic = true,
            Arguments = [Row.Text("pattern")],
            Type = SumType,
            // Of one tensor it may do no more than turn or take a diagonal.
            IsView = true,
            Macs = (call, _) => Macs(call, EinsumPattern.Read(call.Text("pattern"), out var _, out var _)!),
            CSharp = call => Template("global::TorchSharp.torch.einsum($0, $inputs)", Arg(call.Value("pattern"))),
        },
    ];

    private static TensorType? SumType(OperatorCall call)
    {
        var text = call.Text("pattern");
        if (EinsumPattern.Read(text, out var place, out var problem) is not { } pattern)
        {
            call.Report("pattern").PatternWrong("einsum", text, place, problem);
            return null;
        }
        if (!call.NeedsOneFloatType()) return null;
        if (pattern.Inputs.Count != call.Inputs.Count)
        {
            call.Report().WrongInputCount("einsum", pattern.Inputs.Count, pattern.Inputs.Count, call.Inputs.Count);
            return null;
        }
        for (var i = 0; i < pattern.Inputs.Count; i++)
        {
            var (letters, input) = (pattern.Inputs[i], call.Inputs[i]);
            if (!call.NeedsRank(input, $"a tensor with {letters.Length} {(letters.Length == 1 ? "dimension" : "dimensions")} for '{letters}'", letters.Length)) return null;
            var sizes = Sizes(call, pattern);
            if (!call.NeedsShape(input, $"'{letters}'", letters.Select(letter => sizes[letter]).ToArray(), "a letter stands for one size wherever it is")) return null;
        }
        var known = Sizes(call, pattern);
        return call.Input.WithDims(pattern.Output.Select(letter => known[letter]));
    }

    // Each letter's size where it stands first; only tensors of the right rank are asked.
    private static Dictionary<char, Dim> Sizes(OperatorCall call, EinsumPattern pattern)
    {
        var sizes = new Dictionary<char, Dim>();
        for (var i = 0; i < pattern.Inputs.Count; i++)
        {
            var type = call.Inputs[i].Type;
            for (var j = 0; j < pattern.Inputs[i].Length && j < type.Rank; j++)
            {
                if (!sizes.ContainsKey(pattern.Inputs[i][j])) sizes[pattern.Inputs[i][j]] = type[j];
            }
        }
        return sizes;
    }

    // From left to right, as libtorch computes it: what neither the rest nor the result needs is summed as soon as it can be.
    private static Dim Macs(OperatorCall call, EinsumPattern pattern)
    {
        var sizes = Sizes(call, pattern);
        var (sum, left) = (Dim.Zero, pattern.Inputs[0]);
        for (var i = 1; i < pattern.Inputs.Count; i++)
        {
            var both = left.Union(pattern.Inputs[i]).ToArray();
            sum += both.Aggregate(Dim.One, (product, letter) => product * sizes[letter]);
            left = new string(both.Where(letter => pattern.Output.Contains(letter) || pattern.Inputs.Skip(i + 1).Any(other => other.Contains(letter))).ToArray());
        }
        return sum;
    }
}
