namespace TorchSharp;

/// <summary>Where a tensor lives. The values are libtorch's own.</summary>
public enum DeviceType
{
    CPU = 0, CUDA = 1, MKLDNN = 2, OPENGL = 3, OPENCL = 4, IDEEP = 5, HIP = 6, FPGA = 7, MSNPU = 8, XLA = 9, MPS = 13, META = 14,
}

/// <summary>Padding of a convolution by name: none, or as much as keeps the size at stride 1.</summary>
public enum Padding { Valid = 0, Same = 1 }

/// <summary>What padding is filled with.</summary>
public enum PaddingModes { Zeros = 0, Reflect = 1, Replicate = 2, Circular = 3, Constant = 4 }

/// <summary>How a tensor is printed.</summary>
public enum TensorStringStyle { Metadata, Julia, Numpy, CSharp, Default }

public static partial class torch
{
    /// <summary>The type of a tensor's elements. The values are libtorch's own.</summary>
    public enum ScalarType : sbyte
    {
        Byte = 0, Int8 = 1, Int16 = 2, Int32 = 3, Int64 = 4, Float16 = 5, Float32 = 6, Float64 = 7,
        ComplexFloat32 = 9, ComplexFloat64 = 10, Bool = 11, QInt8 = 12, QUInt8 = 13, QInt32 = 14, BFloat16 = 15,
    }

    /// <summary>How a quotient is rounded.</summary>
    public enum RoundingMode { None, trunc, floor }

    public enum InterpolationMode { Nearest, Linear, Bilinear, Bicubic, Trilinear, Area, NearestExact }

    public enum UpsampleMode { Nearest, Linear, Bilinear, Bicubic, Trilinear }

    public enum GridSampleMode { Nearest = 0, Bilinear = 2 }

    public enum GridSamplePaddingMode { Zeros, Reflection, Border }

    public static partial class nn
    {
        /// <summary>What a loss does with its elements. The values are libtorch's own.</summary>
        public enum Reduction : long { None = 0, Mean = 1, Sum = 2 }

        /// <summary>The activation inside a recurrent layer.</summary>
        public enum NonLinearities { ReLU = 0, Tanh = 1 }

        /// <summary>The activation inside a transformer layer.</summary>
        public enum Activations { ReLU = 0, GELU = 1 }
    }
}

/// <summary>How distances between rows are computed; the values are libtorch's own.</summary>
public enum compute_mode { use_mm_for_euclid_dist_if_necessary = 0, use_mm_for_euclid_dist = 1, donot_use_mm_for_euclid_dist = 2 }
