// What holds for the whole process: random generators, threads, devices, defaults.
#include "dlm_internal.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/DefaultDtype.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/version.h>

using dlm::guarded;
using dlm::tensor;

namespace {

at::Generator& generator(void* handle) { return *static_cast<at::Generator*>(handle); }

}  // namespace

DLM_API const char* dlm_torch_version() { return TORCH_VERSION; }

// ---------------------------------------------------------------- random numbers

DLM_API void* dlm_generator_new(uint64_t seed, int32_t device_type, int32_t device_index) {
  return guarded<void*>(nullptr, [&]() -> void* {
    auto type = static_cast<c10::DeviceType>(device_type);
    if (type == c10::DeviceType::CPU) return new at::Generator(at::detail::createCPUGenerator(seed));
    auto own = at::globalContext().defaultGenerator(c10::Device(type, static_cast<c10::DeviceIndex>(device_index))).clone();
    own.set_current_seed(seed);
    return new at::Generator(std::move(own));
  });
}

DLM_API void* dlm_generator_default(int32_t device_type, int32_t device_index) {
  return guarded<void*>(nullptr, [&] {
    auto device = c10::Device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
    return new at::Generator(at::globalContext().defaultGenerator(device));
  });
}

DLM_API void dlm_generator_free(void* handle) { delete static_cast<at::Generator*>(handle); }

DLM_API int32_t dlm_generator_set_seed(void* handle, uint64_t seed) {
  return guarded<int32_t>(-1, [&] {
    std::lock_guard<std::mutex> lock(generator(handle).mutex());
    generator(handle).set_current_seed(seed);
    return 0;
  });
}

DLM_API uint64_t dlm_generator_seed(void* handle) {
  return guarded<uint64_t>(0, [&] { return generator(handle).current_seed(); });
}

// Draws a new seed from the machine's own source of chance, sets and returns it.
DLM_API uint64_t dlm_generator_reseed(void* handle) {
  return guarded<uint64_t>(0, [&] {
    std::lock_guard<std::mutex> lock(generator(handle).mutex());
    return generator(handle).seed();
  });
}

DLM_API void* dlm_generator_get_state(void* handle) {
  return guarded<void*>(nullptr, [&] {
    std::lock_guard<std::mutex> lock(generator(handle).mutex());
    return dlm::retain(generator(handle).get_state());
  });
}

DLM_API int32_t dlm_generator_set_state(void* handle, void* state) {
  return guarded<int32_t>(-1, [&] {
    std::lock_guard<std::mutex> lock(generator(handle).mutex());
    generator(handle).set_state(tensor(state));
    return 0;
  });
}

// Seeds every device's default generator.
DLM_API int32_t dlm_manual_seed(uint64_t seed) {
  return guarded<int32_t>(-1, [&] {
    at::manual_seed(seed);
    return 0;
  });
}

// ---------------------------------------------------------------- threads

DLM_API int32_t dlm_get_num_threads() { return at::get_num_threads(); }

DLM_API int32_t dlm_set_num_threads(int32_t count) {
  return guarded<int32_t>(-1, [&] {
    at::set_num_threads(count);
    return 0;
  });
}

DLM_API int32_t dlm_get_num_interop_threads() { return at::get_num_interop_threads(); }

DLM_API int32_t dlm_set_num_interop_threads(int32_t count) {
  return guarded<int32_t>(-1, [&] {
    at::set_num_interop_threads(count);
    return 0;
  });
}

// ---------------------------------------------------------------- devices and defaults

// How many devices of a type this libtorch can use here; 0 where it was built without.
DLM_API int32_t dlm_device_count(int32_t device_type) {
  return guarded<int32_t>(0, [&] {
    auto type = static_cast<c10::DeviceType>(device_type);
    if (type == c10::DeviceType::CPU) return 1;
    if (!c10::impl::hasDeviceGuardImpl(type)) return 0;
    return static_cast<int32_t>(c10::impl::getDeviceGuardImpl(type)->deviceCount());
  });
}

// Waits for all work of a CUDA device; the current one's at a negative index.
DLM_API int32_t dlm_cuda_synchronize(int32_t index) {
  return guarded<int32_t>(-1, [&] {
    auto device = index >= 0 ? static_cast<c10::DeviceIndex>(index)
                             : c10::impl::getDeviceGuardImpl(c10::DeviceType::CUDA)->getDevice().index();
    at::detail::getCUDAHooks().deviceSynchronize(device);
    return 0;
  });
}

DLM_API int32_t dlm_has_cudnn() {
  return guarded<int32_t>(0, [&] { return int32_t(at::detail::getCUDAHooks().hasCuDNN()); });
}

// Whether products of float32 may round their factors to TF32: in cuBLAS, and in cuDNN.
DLM_API int32_t dlm_allow_tf32(int32_t in_cudnn) {
  return guarded<int32_t>(-1, [&] {
    auto& context = at::globalContext();
    return int32_t(in_cudnn != 0 ? context.allowTF32CuDNN() : context.allowTF32CuBLAS());
  });
}

DLM_API int32_t dlm_set_allow_tf32(int32_t in_cudnn, int32_t allow) {
  return guarded<int32_t>(-1, [&] {
    auto& context = at::globalContext();
    if (in_cudnn != 0) {
      context.setAllowTF32CuDNN(allow != 0);
    } else {
      context.setAllowTF32CuBLAS(allow != 0);
    }
    return 0;
  });
}

DLM_API int32_t dlm_set_default_dtype(int32_t dtype) {
  return guarded<int32_t>(-1, [&] {
    c10::set_default_dtype(c10::scalarTypeToTypeMeta(static_cast<c10::ScalarType>(dtype)));
    return 0;
  });
}

DLM_API int32_t dlm_use_deterministic_algorithms(int32_t mode, int32_t warn_only) {
  return guarded<int32_t>(-1, [&] {
    at::globalContext().setDeterministicAlgorithms(mode != 0, warn_only != 0);
    return 0;
  });
}

// 0: off; 1: on, warning only; 2: on.
DLM_API int32_t dlm_deterministic_algorithms() {
  auto& context = at::globalContext();
  return !context.deterministicAlgorithms() ? 0 : context.deterministicAlgorithmsWarnOnly() ? 1 : 2;
}
