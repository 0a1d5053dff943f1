using Dlm.Runtime.Data;

namespace Dlm.Runtime.Distributed;

/// <summary>
/// Of another sampler's order every <c>world</c>-th sample, each in exactly one process: what is judged must not count twice, and nobody waits
/// for anybody meanwhile.
/// </summary>
internal sealed class EvaluationShare(ISampler whole, int rank, int world) : ISampler
{
    public long Count => (whole.Count - rank + world - 1) / world;

    public string State { get => whole.State; set => whole.State = value; }

    public long[] Order(int epoch) => [.. whole.Order(epoch).Where((_, i) => i % world == rank)];
}
