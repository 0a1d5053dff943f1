using Dlm.Testing.Tests.Mutants;
using Dlm.Testing.Xunit;
using static TorchSharp.torch;

namespace Dlm.Testing.Tests;

/// <summary>The base class at work, as a user of it writes it.</summary>
public sealed class SoundTests : ModelTests<SoundCausal>
{
    protected override SoundCausal Make() => new(vocab: 20, d: 8);

    protected override Tensor?[] Inputs(long batch) => [randint(20, [batch, 5], dtype: ScalarType.Int64)];

    protected override bool IsCausal => true;
}
