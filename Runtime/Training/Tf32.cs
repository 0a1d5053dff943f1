using static TorchSharp.torch;

namespace Dlm.Runtime.Training;

/// <summary>While it lives, GPUs may round the factors of float32 products and convolutions to TF32: 10 bits of precision, several times faster.</summary>
internal sealed class Tf32 : IDisposable
{
    private readonly bool _products = backends.cuda.matmul.allow_tf32, _convolutions = backends.cudnn.allow_tf32;

    public Tf32() => (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (true, true);

    public void Dispose() => (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (_products, _convolutions);
}
