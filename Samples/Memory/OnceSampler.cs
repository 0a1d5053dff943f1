using Dlm.Runtime.Data;

namespace Dlm.Samples.Memory;

/// <summary>Visits samples that are drawn when they are asked for: in every epoch others, so that nothing is seen twice.</summary>
/// <param name="perEpoch">How many an epoch has.</param>
internal sealed class OnceSampler(long perEpoch) : ISampler
{
    public long Count => perEpoch;

    public string State { get => ""; set { } }

    public long[] Order(int epoch) => [.. Enumerable.Range(0, (int)perEpoch).Select(i => epoch * perEpoch + i)];
}
