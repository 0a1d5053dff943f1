using static TorchSharp.torch;

namespace Dlm.Testing.Checks;

/// <summary>What a mask hides changes nothing: other values at a hidden place give the same output elsewhere. A mask is true where one may look.</summary>
public sealed class MaskCheck : ModelCheck
{
    /// <inheritdoc/>
    public override string Claim => "masks hide";

    private protected override CheckResult Look(Subject subject)
    {
        if (subject.Ports is not { } ports || !ports.Any(p => p.IsMask)) return Skipped("No mask flows in.");
        using var trial = new Trial(subject, subject.Seed);
        trial.Shake();
        var (ours, others) = (Trial.Draw(subject, subject.Seed), Trial.Draw(subject, subject.Seed + 1));
        for (var i = 0; i < ports.Count; i++)
        {
            if (ports[i].IsMask && ours[i] is null) ours[i] = others[i];
        }
        var hiding = new List<string>();
        // What one mask hides another may still show further on, so all masks over the same places hide together.
        foreach (var hidden in ports.Where((p, i) => p.IsMask && ours[i] is not null && p.Dims.Count > 0).Select(p => p.Dims[^1]).Distinct().ToArray())
        {
            int[] masks = [.. Enumerable.Range(0, ports.Count).Where(i => ports[i].IsMask && ours[i] is not null && ports[i].Dims[^1] == hidden)];
            int[] takers = [.. Enumerable.Range(0, ports.Count).Where(i => !ports[i].IsMask && ours[i] is not null && Axes.Of(ports[i], hidden).Length > 0)];
            var place = ours[masks[0]]!.shape[^1] - 1;
            if (takers.Length == 0 || place == 0) continue;
            Tensor?[] changed = [.. ours.Select((input, i) => takers.Contains(i) ? Axes.Replaced(input!, others[i]!, Axes.Of(ports[i], hidden), place) : input)];
            var names = string.Join(" and ", masks.Select(i => $"'{ports[i].Name}'"));
            if (Change(subject, trial, Masked(ours, masks), Masked(changed, masks), hidden, place) is { } change)
            {
                return Failed($"What {names} {(masks.Length == 1 ? "hides" : "hide")}, place {place} of {hidden}, changes {change}.");
            }
            if (Change(subject, trial, Masked(ours, []), Masked(changed, []), hidden, place) is not null) hiding.Add(names);

            // All other masks show everything.
            Tensor?[] Masked(Tensor?[] inputs, int[] closed)
            {
                Tensor?[] result = [.. inputs.Select((input, i) => ports[i].IsMask && input is not null ? ones_like(input) : input)];
                foreach (var mask in closed) result[mask]!.select(-1, place).zero_();
                return result;
            }
        }
        return hiding.Count == 0 ? Skipped("What the masks hide would not matter if it was shown.") : Passed(string.Join(", ", hiding));
    }

    private static string? Change(Subject subject, Trial trial, Tensor?[] ours, Tensor?[] changed, string hidden, long place)
    {
        var (before, after) = (trial.Evaluate(ours), trial.Evaluate(changed));
        for (var i = 0; i < before.Length; i++)
        {
            // The place itself goes on from its own input.
            var own = subject.Outputs is { } outputs ? Axes.Of(outputs[i], hidden) : [];
            if (Differences.Between(Axes.Without(before[i], own, place), Axes.Without(after[i], own, place)) is { } change)
            {
                return $"{char.ToLowerInvariant(Axes.NameOf(subject, i, before.Length)[0])}{Axes.NameOf(subject, i, before.Length)[1..]} {change}";
            }
        }
        return null;
    }
}
