using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Distributed;

namespace Dlm.Runtime.Metrics;

/// <summary>Metrics over several processes.</summary>
internal static class MetricSums
{
    /// <summary>A copy of what was counted, over all processes; the caller disposes it.</summary>
    public static IMetric Whole(this IMetric metric, ProcessGroup? group)
    {
        IMetric whole = metric.Fresh();
        using CheckpointState state = new();
        metric.Save(state, "metric");
        whole.Load(state, "metric");
        if (group is not null) whole.Reduce(group);
        return whole;
    }
}
