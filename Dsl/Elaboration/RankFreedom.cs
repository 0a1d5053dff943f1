using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Elaboration;

/// <summary>
/// Whether an operator does the same however many dimensions <c>...</c> stands for. Tried out: with two and with three dimensions in its
/// place everything must come out as with the one symbol, and be written alike.
/// </summary>
internal static class RankFreedom
{
    public static bool Holds(OperatorCall call, IReadOnlyList<TensorType> types)
    {
        if (!call.Inputs.Any(i => i.Type.HasAnyRank)) return true;
        if (call.CountsFromFront) return false;
        for (var count = 2; count <= 3; count++)
        {
            var leading = Enumerable.Range(1, count).Select(i => Dim.Symbol($"...{i}", DimSymbolKind.Input)).ToArray();
            var bag = new DiagnosticBag(call.Proofs.Diagnostics.Text);
            var probe = call.With(t => new GraphValue(t.Type.WithLeading(leading), t.Origin), new ProofContext(bag) { CanPromote = true, Facts = call.Proofs.Facts });
            if (probe.OutputTypes() is not { } outputs || bag.Diagnostics.Any()) return false;
            if (!outputs.SequenceEqual(types.Select(t => t.WithLeading(leading))) || !IsWrittenAlike(call, probe)) return false;
        }
        return true;
    }

    private static bool IsWrittenAlike(OperatorCall call, OperatorCall probe)
    {
        var (a, b) = (call.Operator.CSharp(call), probe.Operator.CSharp(probe));
        return a.Kind == b.Kind && a.Name == b.Name && a.Arguments.SequenceEqual(b.Arguments)
            && call.Operator.Weights(call).Select(Shown).SequenceEqual(probe.Operator.Weights(probe).Select(Shown));

        static string Shown(Weight weight) => $"{weight.Name}[{string.Join(", ", weight.Dims.Select(d => d.ToString()))}]";
    }
}
