using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>What a <see cref="Value"/> holds; <c>DlmKind</c> of dlm_torch.h.</summary>
internal enum Kind
{
    None, Tensor, Int, Double, Bool, Complex, String, Device, Ints, Doubles, Bools, Tensors, Generator,
}

/// <summary>One argument or result of a boxed call, as libdlmtorch sees it; <c>DlmValue</c> of dlm_torch.h.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct Value
{
    [FieldOffset(0)] internal Kind Kind;
    [FieldOffset(4)] internal int Count;
    [FieldOffset(8)] internal long Int;
    [FieldOffset(8)] internal double Double;
    [FieldOffset(8)] internal nint Pointer;
}
