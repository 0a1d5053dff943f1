namespace Dlm.Runtime.Training;

/// <summary>Which of two values of a score is the better one: of a loss the lower, of a metric what the metric says.</summary>
internal readonly record struct ScoreOrder(string Name, bool HigherIsBetter)
{
    /// <summary>The order of one of an objective's scores; without a name, of its first loss.</summary>
    /// <exception cref="ArgumentException">There is no such score; the message lists those there are.</exception>
    public static ScoreOrder Of(Objective objective, string? name, string purpose)
    {
        name ??= objective.LossNames[0];
        if (objective.LossNames.Contains(name)) return new ScoreOrder(name, HigherIsBetter: objective.MeasureNames.Contains(name));
        if (objective.Metrics.FirstOrDefault(metric => metric.Name == name) is { } metric) return new ScoreOrder(name, metric.HigherIsBetter);
        IEnumerable<string> there = [.. objective.LossNames, .. objective.Metrics.Select(metric => metric.Name)];
        throw new ArgumentException($"There is no score '{name}' that could say {purpose}, only {string.Join(", ", there.Select(score => $"'{score}'"))}.", nameof(name));
    }

    /// <summary>Whether a value is better than the best so far, which is NaN where there is none. What is not finite is never better.</summary>
    public bool IsBetter(double value, double best, double margin = 0) =>
        double.IsFinite(value) && (double.IsNaN(best) || (HigherIsBetter ? value > best + margin : value < best - margin));
}
