// Autograd functions written by the caller: libtorch's own custom function, whose two halves are callbacks.
#include "dlm_internal.h"

#include <torch/csrc/autograd/custom_function.h>
#include <torch/custom_class.h>

#include <cstdlib>

DLM_API const char* dlm_last_error();

using dlm::guarded;
using dlm::tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

// What the caller knows the function by. A half stores handles that it gives away and returns how many; negative where it
// failed, after it has set the error text.
struct Callbacks {
  int32_t (*forward)(void* state, AutogradContext* context, void*** results);
  int32_t (*backward)(void* state, AutogradContext* context, void* const* gradients, int32_t count, void*** results);
  void (*release)(void* state);
};

struct Managed : torch::CustomClassHolder {
  Managed(const Callbacks& callbacks, void* state) : callbacks(callbacks), state(state) {}
  ~Managed() override { callbacks.release(state); }
  Callbacks callbacks;
  void* state;
};

// The handles' tensors; the handles and the array go.
variable_list taken(int32_t count, void** handles) {
  if (count < 0) throw std::runtime_error(dlm_last_error());
  variable_list list;
  list.reserve(count);
  for (int32_t k = 0; k < count; k++) {
    list.push_back(handles[k] == nullptr ? at::Tensor() : tensor(handles[k]));
    dlm::release(static_cast<at::Tensor*>(handles[k]));
  }
  std::free(handles);
  return list;
}

struct ManagedFunction : torch::autograd::Function<ManagedFunction> {
  // The caller has the inputs itself; they are given for their edges in the graph.
  static variable_list forward(AutogradContext* context, at::TensorList, const c10::intrusive_ptr<Managed>& managed) {
    context->saved_data["managed"] = c10::IValue::make_capsule(managed);
    void** results = nullptr;
    auto count = managed->callbacks.forward(managed->state, context, &results);
    return taken(count, results);
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    auto capsule = context->saved_data["managed"].toCapsule();
    auto managed = static_cast<Managed*>(capsule.get());
    std::vector<void*> handles;
    handles.reserve(gradients.size());
    for (const auto& gradient : gradients) handles.push_back(dlm::retain(gradient));
    void** results = nullptr;
    auto count = managed->callbacks.backward(
        managed->state, context, handles.data(), static_cast<int32_t>(handles.size()), &results);
    auto found = taken(count, results);
    found.emplace_back();  // of the callbacks, which are an argument too
    return found;
  }
};

variable_list variables(void* const* handles, int32_t count) {
  variable_list list;
  list.reserve(count);
  for (int32_t k = 0; k < count; k++) list.push_back(handles[k] == nullptr ? at::Tensor() : tensor(handles[k]));
  return list;
}

AutogradContext& of(void* context) { return *static_cast<AutogradContext*>(context); }

}  // namespace

DLM_API void dlm_set_error(const char* text) { dlm::set_error(text); }

DLM_API void* dlm_allocate(int64_t bytes) { return std::malloc(bytes); }

// Applies a function to inputs. `release(state)` is called once, when the graph needs it no more. The results are an array of
// handles, to be freed by dlm_free. Returns how many.
DLM_API int32_t dlm_function_apply(void* const* inputs, int32_t count, const Callbacks* callbacks, void* state, void*** results) {
  auto managed = c10::make_intrusive<Managed>(*callbacks, state);
  return guarded<int32_t>(-1, [&] {
    auto list = variables(inputs, count);
    auto outputs = ManagedFunction::apply(at::TensorList(list), managed);
    auto handles = static_cast<void**>(std::malloc((outputs.size() + 1) * sizeof(void*)));
    for (size_t k = 0; k < outputs.size(); k++) handles[k] = dlm::retain(std::move(outputs[k]));
    *results = handles;
    return static_cast<int32_t>(outputs.size());
  });
}

// While a half runs: what its context is told, and asked.
DLM_API int32_t dlm_context_save(void* context, void* const* tensors, int32_t count) {
  return guarded<int32_t>(-1, [&] {
    of(context).save_for_backward(variables(tensors, count));
    return 0;
  });
}

DLM_API int32_t dlm_context_mark(void* context, void* const* tensors, int32_t count, int32_t dirty) {
  return guarded<int32_t>(-1, [&] {
    auto list = variables(tensors, count);
    if (dirty != 0) {
      of(context).mark_dirty(list);
    } else {
      of(context).mark_non_differentiable(list);
    }
    return 0;
  });
}

DLM_API int32_t dlm_context_materialize(void* context, int32_t materialize) {
  return guarded<int32_t>(-1, [&] {
    of(context).set_materialize_grads(materialize != 0);
    return 0;
  });
}

// The saved tensors as an array of handles, to be freed by dlm_free. Returns how many.
DLM_API int32_t dlm_context_saved(void* context, void*** results) {
  return guarded<int32_t>(-1, [&] {
    auto saved = of(context).get_saved_variables();
    auto handles = static_cast<void**>(std::malloc((saved.size() + 1) * sizeof(void*)));
    for (size_t k = 0; k < saved.size(); k++) handles[k] = dlm::retain(std::move(saved[k]));
    *results = handles;
    return static_cast<int32_t>(saved.size());
  });
}
