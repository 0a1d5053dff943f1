namespace TorchSharp;

public static partial class torch
{
    /// <summary>Switches of the libraries below libtorch.</summary>
    public static class backends
    {
        public static class cuda
        {
            public static class matmul
            {
                /// <summary>Whether products of float32 matrices may round their factors to TF32.</summary>
                public static bool allow_tf32
                {
                    get => NativeMethods.dlm_allow_tf32(0) != 0;
                    set => NativeMethods.Check(NativeMethods.dlm_set_allow_tf32(0, value ? 1 : 0));
                }
            }
        }

        public static class cudnn
        {
            /// <summary>Whether convolutions of float32 may round their factors to TF32.</summary>
            public static bool allow_tf32
            {
                get => NativeMethods.dlm_allow_tf32(1) != 0;
                set => NativeMethods.Check(NativeMethods.dlm_set_allow_tf32(1, value ? 1 : 0));
            }
        }
    }
}
