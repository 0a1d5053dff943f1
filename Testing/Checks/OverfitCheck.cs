using System.Globalization;
using static TorchSharp.torch;

namespace Dlm.Testing.Checks;

/// <summary>
/// A batch can be learned: towards the outputs of another instance of the same model, which it can therefore give, the mean square falls to a
/// twentieth. Without dropout, and with what the model draws drawn alike.
/// </summary>
public sealed class OverfitCheck : ModelCheck
{
    private const double Enough = 0.05;

    /// <inheritdoc/>
    public override string Claim => "one batch can be overfitted";

    private protected override CheckResult Look(Subject subject)
    {
        var inputs = Trial.Draw(subject, subject.Seed);
        var targets = TargetsOf(subject, inputs);
        var last = 1.0;
        // What is too fast for one model is too slow for another.
        foreach (var rate in (double[])[0.01, 0.001])
        {
            using var trial = new Trial(subject, subject.Seed);
            trial.TrainWithoutChance();
            using var optimizer = optim.Adam(trial.Module.parameters().Where(p => p.requires_grad), rate);
            double? first = null;
            for (var step = 0; step <= subject.Steps; step++)
            {
                using var scope = NewDisposeScope();
                if (Trial.Distance(trial.Call(inputs), targets) is not { } loss) return Skipped("No output has a gradient.");
                var now = loss.item<float>();
                first ??= now;
                if (first == 0) return Skipped("Two instances of it give the same output.");
                last = Math.Min(last, now / first.Value);
                if (last <= Enough) return Passed($"{step} steps");
                if (!double.IsFinite(now)) break;
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
            }
        }
        return Failed($"After {subject.Steps} steps of Adam the distance to outputs that the model can give is still {(100 * last).ToString("F0", CultureInfo.InvariantCulture)}% of the first.");
    }

    private static Tensor[] TargetsOf(Subject subject, Tensor?[] inputs)
    {
        using var teacher = new Trial(subject, subject.Seed + 1);
        teacher.Shake();
        teacher.TrainWithoutChance();
        using var unrecorded = no_grad();
        return [.. teacher.Call(inputs).Select(output => output.detach().clone())];
    }
}
