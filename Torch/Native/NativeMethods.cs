using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp;

/// <summary>The entry points of libdlmtorch; see native/dlm_torch.h.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "dlmtorch";

    static NativeMethods() => NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library || NativeLibrary.TryLoad(name, assembly, path, out var handle))
            return 0;
        var file = Path.Combine(AppContext.BaseDirectory, "libdlmtorch.so");
        if (!File.Exists(file))
            throw new DllNotFoundException($"{file} is missing. Run eng/setup.sh, which builds it, and build again.");
        return NativeLibrary.Load(file); // says which library it depends on is missing
    }

    // errors and handles
    [LibraryImport(Library)] internal static partial byte* dlm_last_error();
    [LibraryImport(Library), SuppressGCTransition] internal static partial long dlm_live_tensors();
    [LibraryImport(Library)] internal static partial void dlm_free(void* memory);
    [LibraryImport(Library)] internal static partial void dlm_tensor_free(nint tensor);
    [LibraryImport(Library)] internal static partial nint dlm_tensor_retain(nint tensor);

    // shape and storage: a few loads each, so no transition is worth its cost
    [LibraryImport(Library), SuppressGCTransition] internal static partial long dlm_tensor_dim(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long dlm_tensor_numel(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int dlm_tensor_sizes(nint tensor, long* sizes);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int dlm_tensor_strides(nint tensor, long* strides);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long dlm_tensor_storage_offset(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int dlm_tensor_dtype(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int dlm_tensor_device(nint tensor, int* index);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int dlm_tensor_flags(nint tensor);
    [LibraryImport(Library)] internal static partial void* dlm_tensor_data(nint tensor);

    // creation
    [LibraryImport(Library)] internal static partial nint dlm_tensor_copy_of(void* data, long* sizes, int dims, int dtype);
    [LibraryImport(Library)]
    internal static partial nint dlm_tensor_over(
        void* data, long* sizes, int dims, int dtype, delegate* unmanaged<nint, void> release, nint context);

    // operators
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint dlm_find_operator(string name, string overload);
    [LibraryImport(Library)] internal static partial int dlm_call(nint op, Value* values, int count, Value* results, int capacity);

    // autograd
    [LibraryImport(Library)]
    internal static partial int dlm_backward(
        nint* tensors, int count, nint* gradients, int gradientCount, int retainGraph, int createGraph, nint* inputs, int inputCount);
    [LibraryImport(Library)]
    internal static partial int dlm_grad(
        nint* outputs, int count, nint* inputs, int inputCount, nint* gradients, int gradientCount,
        int retainGraph, int createGraph, int allowUnused, nint* results);
    [LibraryImport(Library)] internal static partial nint dlm_tensor_grad(nint tensor);
    [LibraryImport(Library)] internal static partial int dlm_tensor_set_grad(nint tensor, nint gradient);
    [LibraryImport(Library)] internal static partial int dlm_tensor_set_requires_grad(nint tensor, int requiresGrad);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int dlm_grad_mode();
    [LibraryImport(Library), SuppressGCTransition] internal static partial void dlm_set_grad_mode(int enabled);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int dlm_inference_mode();
    [LibraryImport(Library)] internal static partial nint dlm_begin_inference_mode(int enabled);
    [LibraryImport(Library)] internal static partial void dlm_end_inference_mode(nint guard);

    // custom functions
    [LibraryImport(Library)]
    internal static partial int dlm_function_apply(nint* inputs, int count, torch.autograd.NativeCallbacks* callbacks, nint state, nint** results);
    [LibraryImport(Library)] internal static partial int dlm_context_save(nint context, nint* tensors, int count);
    [LibraryImport(Library)] internal static partial int dlm_context_mark(nint context, nint* tensors, int count, int dirty);
    [LibraryImport(Library)] internal static partial int dlm_context_materialize(nint context, int materialize);
    [LibraryImport(Library)] internal static partial int dlm_context_saved(nint context, nint** results);
    [LibraryImport(Library)] internal static partial void* dlm_allocate(long bytes);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial void dlm_set_error(string text);

    // random numbers
    [LibraryImport(Library)] internal static partial nint dlm_generator_new(ulong seed, int deviceType, int deviceIndex);
    [LibraryImport(Library)] internal static partial nint dlm_generator_default(int deviceType, int deviceIndex);
    [LibraryImport(Library)] internal static partial void dlm_generator_free(nint generator);
    [LibraryImport(Library)] internal static partial int dlm_generator_set_seed(nint generator, ulong seed);
    [LibraryImport(Library)] internal static partial ulong dlm_generator_seed(nint generator);
    [LibraryImport(Library)] internal static partial ulong dlm_generator_reseed(nint generator);
    [LibraryImport(Library)] internal static partial nint dlm_generator_get_state(nint generator);
    [LibraryImport(Library)] internal static partial int dlm_generator_set_state(nint generator, nint state);
    [LibraryImport(Library)] internal static partial int dlm_manual_seed(ulong seed);

    // the process
    [LibraryImport(Library)] internal static partial byte* dlm_torch_version();
    [LibraryImport(Library)] internal static partial int dlm_get_num_threads();
    [LibraryImport(Library)] internal static partial int dlm_set_num_threads(int count);
    [LibraryImport(Library)] internal static partial int dlm_get_num_interop_threads();
    [LibraryImport(Library)] internal static partial int dlm_set_num_interop_threads(int count);
    [LibraryImport(Library)] internal static partial int dlm_device_count(int deviceType);
    [LibraryImport(Library)] internal static partial int dlm_cuda_synchronize(int index);
    [LibraryImport(Library)] internal static partial int dlm_has_cudnn();
    [LibraryImport(Library)] internal static partial int dlm_allow_tf32(int inCudnn);
    [LibraryImport(Library)] internal static partial int dlm_set_allow_tf32(int inCudnn, int allow);
    [LibraryImport(Library)] internal static partial int dlm_set_default_dtype(int dtype);
    [LibraryImport(Library)] internal static partial int dlm_use_deterministic_algorithms(int mode, int warnOnly);
    [LibraryImport(Library)] internal static partial int dlm_deterministic_algorithms();

    /// <summary>Throws libtorch's own message as TorchSharp does, in an <see cref="ExternalException"/>.</summary>
    internal static void Check(int result)
    {
        if (result < 0)
            Throw();
    }

    internal static nint Check(nint handle)
    {
        if (handle == 0)
            Throw();
        return handle;
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    internal static void Throw() => throw new ExternalException(Marshal.PtrToStringUTF8((nint)dlm_last_error()));
}
