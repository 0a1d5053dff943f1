namespace Dlm.Runtime.Training;

/// <summary>In what type a network's matrix products and convolutions are computed.</summary>
public enum Precision
{
    /// <summary>In 32 bits, as everything else.</summary>
    Float32,

    /// <summary>In bfloat16: the range of float32 with 8 bits of precision.</summary>
    BFloat16,

    /// <summary>In float16, on a GPU: 11 bits of precision in a small range, for which the loss is scaled.</summary>
    Float16,
}
