// Autograd: backward, gradients, grad mode, inference mode.
#include "dlm_internal.h"

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

using dlm::guarded;
using dlm::tensor;

namespace {

torch::autograd::variable_list variables(void* const* handles, int32_t count) {
  torch::autograd::variable_list list;
  list.reserve(count);
  for (int32_t k = 0; k < count; k++) list.push_back(handles[k] == nullptr ? at::Tensor() : tensor(handles[k]));
  return list;
}

}  // namespace

DLM_API int32_t dlm_backward(void* const* tensors, int32_t count, void* const* gradients, int32_t gradient_count,
    int32_t retain_graph, int32_t create_graph, void* const* inputs, int32_t input_count) {
  return guarded<int32_t>(-1, [&] {
    torch::autograd::backward(variables(tensors, count), variables(gradients, gradient_count), retain_graph != 0,
        create_graph != 0, variables(inputs, input_count));
    return 0;
  });
}

// The gradients of outputs by inputs, one a place of `results`, null where there is none.
DLM_API int32_t dlm_grad(void* const* outputs, int32_t count, void* const* inputs, int32_t input_count,
    void* const* gradients, int32_t gradient_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused,
    void** results) {
  return guarded<int32_t>(-1, [&] {
    auto found = torch::autograd::grad(variables(outputs, count), variables(inputs, input_count),
        variables(gradients, gradient_count), retain_graph != 0, create_graph != 0, allow_unused != 0);
    for (size_t k = 0; k < found.size(); k++) results[k] = dlm::retain(std::move(found[k]));
    return 0;
  });
}

// A new handle on the accumulated gradient; null where there is none.
DLM_API void* dlm_tensor_grad(void* handle) {
  return guarded<void*>(nullptr, [&] { return dlm::retain(tensor(handle).grad()); });
}

DLM_API int32_t dlm_tensor_set_grad(void* handle, void* gradient) {
  return guarded<int32_t>(-1, [&] {
    tensor(handle).mutable_grad() = gradient == nullptr ? at::Tensor() : tensor(gradient);
    return 0;
  });
}

DLM_API int32_t dlm_tensor_set_requires_grad(void* handle, int32_t requires_grad) {
  return guarded<int32_t>(-1, [&] {
    tensor(handle).set_requires_grad(requires_grad != 0);
    return 0;
  });
}

DLM_API int32_t dlm_grad_mode() { return c10::GradMode::is_enabled(); }

DLM_API void dlm_set_grad_mode(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }

DLM_API int32_t dlm_inference_mode() { return c10::InferenceMode::is_enabled(); }

// Guards nest: end them in the opposite order, on the thread that began them.
DLM_API void* dlm_begin_inference_mode(int32_t enabled) {
  return guarded<void*>(nullptr, [&] { return new c10::InferenceMode(enabled != 0); });
}

DLM_API void dlm_end_inference_mode(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }
