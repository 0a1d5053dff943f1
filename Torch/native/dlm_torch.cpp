// Lifetime and shape of tensors, and the boxed call. See dlm_torch.h.
#include "dlm_internal.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/jit_type.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <vector>

// ---------------------------------------------------------------- errors and handles

namespace dlm {
namespace {

thread_local std::string last_error;
std::atomic<int64_t> live{0};

}  // namespace

void set_error(std::string text) {
  last_error = std::move(text);
}

at::Tensor* retain(at::Tensor tensor) {
  if (!tensor.defined()) return nullptr;
  live.fetch_add(1, std::memory_order_relaxed);
  return new at::Tensor(std::move(tensor));
}

void release(at::Tensor* tensor) {
  if (tensor == nullptr) return;
  live.fetch_sub(1, std::memory_order_relaxed);
  delete tensor;
}

}  // namespace dlm

using dlm::guarded;
using dlm::tensor;

DLM_API const char* dlm_last_error() { return dlm::last_error.c_str(); }

DLM_API int64_t dlm_live_tensors() { return dlm::live.load(std::memory_order_relaxed); }

DLM_API void dlm_free(void* memory) { std::free(memory); }

DLM_API void dlm_tensor_free(void* handle) {
  guarded(0, [&] { dlm::release(static_cast<at::Tensor*>(handle)); return 0; });
}

DLM_API void* dlm_tensor_retain(void* handle) {
  return guarded<void*>(nullptr, [&] { return dlm::retain(tensor(handle)); });
}

// ---------------------------------------------------------------- shape and storage

DLM_API int64_t dlm_tensor_dim(void* handle) {
  return guarded<int64_t>(-1, [&] { return tensor(handle).dim(); });
}

DLM_API int64_t dlm_tensor_numel(void* handle) {
  return guarded<int64_t>(-1, [&] { return tensor(handle).numel(); });
}

DLM_API int32_t dlm_tensor_sizes(void* handle, int64_t* out) {
  return guarded<int32_t>(-1, [&] {
    auto sizes = tensor(handle).sizes();
    std::copy(sizes.begin(), sizes.end(), out);
    return 0;
  });
}

DLM_API int32_t dlm_tensor_strides(void* handle, int64_t* out) {
  return guarded<int32_t>(-1, [&] {
    auto strides = tensor(handle).strides();
    std::copy(strides.begin(), strides.end(), out);
    return 0;
  });
}

DLM_API int64_t dlm_tensor_storage_offset(void* handle) {
  return guarded<int64_t>(-1, [&] { return tensor(handle).storage_offset(); });
}

// The address of the first element; null for an empty tensor and, with an error text, for one without storage.
DLM_API void* dlm_tensor_data(void* handle) {
  dlm::last_error.clear();
  return guarded<void*>(nullptr, [&] { return tensor(handle).data_ptr(); });
}

DLM_API int32_t dlm_tensor_dtype(void* handle) {
  return guarded<int32_t>(-1, [&] { return static_cast<int32_t>(tensor(handle).scalar_type()); });
}

DLM_API int32_t dlm_tensor_device(void* handle, int32_t* index) {
  return guarded<int32_t>(-1, [&] {
    auto device = tensor(handle).device();
    *index = device.index();
    return static_cast<int32_t>(device.type());
  });
}

// Yes-or-no facts, one bit each, so that a caller asks once.
DLM_API int32_t dlm_tensor_flags(void* handle) {
  return guarded<int32_t>(-1, [&] {
    auto& t = tensor(handle);
    bool dense = t.layout() == at::kStrided;
    return int32_t(t.requires_grad()) | int32_t(t.is_leaf()) << 1 | int32_t(dense && t.is_contiguous()) << 2 |
        int32_t(t.is_sparse()) << 3 | int32_t(t.is_conj()) << 4 | int32_t(t.is_neg()) << 5 |
        int32_t(t.is_inference()) << 6;
  });
}

// ---------------------------------------------------------------- creation

// A copy of the caller's elements on the CPU.
DLM_API void* dlm_tensor_copy_of(const void* data, const int64_t* sizes, int32_t dims, int32_t dtype) {
  return guarded<void*>(nullptr, [&]() -> void* {
    auto t = at::empty(at::IntArrayRef(sizes, dims), at::TensorOptions(static_cast<at::ScalarType>(dtype)));
    if (t.nbytes() > 0) std::memcpy(t.data_ptr(), data, t.nbytes());
    return dlm::retain(std::move(t));
  });
}

// The caller's own memory; `release(context)` is called once, when the last tensor over it is gone.
DLM_API void* dlm_tensor_over(
    void* data, const int64_t* sizes, int32_t dims, int32_t dtype, void (*release)(void*), void* context) {
  return guarded<void*>(nullptr, [&]() -> void* {
    return dlm::retain(at::from_blob(
        data, at::IntArrayRef(sizes, dims), [release, context](void*) { release(context); },
        at::TensorOptions(static_cast<at::ScalarType>(dtype))));
  });
}

// ---------------------------------------------------------------- the boxed call

namespace {

using OptionalTensors = decltype(std::declval<c10::IValue>().toOptionalTensorList());

// What a schema asks of an argument beyond its value's own kind.
enum class Wants : uint8_t { AsGiven, Double, Ints, OptionalTensors };

struct Argument {
  Wants wants = Wants::AsGiven;
  int32_t repeat = 1;    // int[2] takes a single int as well, twice
  bool has_default = false;
  c10::IValue default_value;
};

struct Operator {
  c10::OperatorHandle handle;
  std::vector<Argument> arguments;
};

Wants wants(const c10::TypePtr& type) {
  switch (type->kind()) {
    case c10::TypeKind::OptionalType:
      return wants(type->castRaw<c10::OptionalType>()->getElementType());
    case c10::TypeKind::FloatType:
      return Wants::Double;
    case c10::TypeKind::ListType: {
      auto element = type->castRaw<c10::ListType>()->getElementType();
      if (element->kind() == c10::TypeKind::OptionalType) return Wants::OptionalTensors;
      if (element->kind() == c10::TypeKind::IntType || element->kind() == c10::TypeKind::SymIntType) return Wants::Ints;
      return Wants::AsGiven;
    }
    default:
      return Wants::AsGiven;
  }
}

c10::IValue to_ivalue(const DlmValue& v, const Argument& argument) {
  switch (v.kind) {
    case DlmNone:
      return {};
    case DlmTensor:
      return tensor(v.p);
    case DlmInt:
      if (argument.wants == Wants::Double) return static_cast<double>(v.i);
      if (argument.wants == Wants::Ints) return c10::List<int64_t>(std::vector<int64_t>(argument.repeat, v.i));
      return v.i;
    case DlmDouble:
      return v.d;
    case DlmBool:
      return v.i != 0;
    case DlmComplex: {
      auto parts = static_cast<const double*>(v.p);
      return c10::complex<double>(parts[0], parts[1]);
    }
    case DlmString:
      return std::string(static_cast<const char*>(v.p), v.count);
    case DlmDevice:
      return c10::Device(static_cast<c10::DeviceType>(v.i), static_cast<c10::DeviceIndex>(v.count));
    case DlmInts:
      return c10::List<int64_t>(at::IntArrayRef(static_cast<const int64_t*>(v.p), v.count));
    case DlmDoubles:
      return c10::List<double>(at::ArrayRef<double>(static_cast<const double*>(v.p), v.count));
    case DlmBools: {
      c10::List<bool> list;
      for (int32_t k = 0; k < v.count; k++) list.push_back(static_cast<const int64_t*>(v.p)[k] != 0);
      return list;
    }
    case DlmTensors: {
      auto handles = static_cast<at::Tensor* const*>(v.p);
      if (argument.wants == Wants::OptionalTensors) {
        OptionalTensors list;
        list.reserve(v.count);
        for (int32_t k = 0; k < v.count; k++) {
          list.push_back(handles[k] == nullptr ? OptionalTensors::value_type() : OptionalTensors::value_type(*handles[k]));
        }
        return list;
      }
      c10::List<at::Tensor> list;
      list.reserve(v.count);
      for (int32_t k = 0; k < v.count; k++) list.push_back(handles[k] == nullptr ? at::Tensor() : *handles[k]);
      return list;
    }
    case DlmGenerator:
      return *static_cast<at::Generator*>(v.p);
    default:
      TORCH_CHECK(false, "an argument of unknown kind ", v.kind);
  }
}

DlmValue from_ivalue(c10::IValue&& value) {
  DlmValue v{};
  if (value.isNone()) {
    v.kind = DlmNone;
  } else if (value.isTensor()) {
    v.kind = DlmTensor;
    v.p = dlm::retain(std::move(value).toTensor());
  } else if (value.isInt()) {
    v.kind = DlmInt;
    v.i = value.toInt();
  } else if (value.isBool()) {
    v.kind = DlmBool;
    v.i = value.toBool();
  } else if (value.isDouble()) {
    v.kind = DlmDouble;
    v.d = value.toDouble();
  } else if (value.isComplexDouble()) {
    v.kind = DlmComplex;
    auto number = value.toComplexDouble();
    auto parts = static_cast<double*>(std::malloc(2 * sizeof(double)));
    parts[0] = number.real();
    parts[1] = number.imag();
    v.p = parts;
  } else if (value.isTensorList()) {
    auto list = std::move(value).toTensorVector();
    auto handles = static_cast<at::Tensor**>(std::malloc((list.size() + 1) * sizeof(at::Tensor*)));
    v.kind = DlmTensors;
    v.count = static_cast<int32_t>(list.size());
    for (size_t k = 0; k < list.size(); k++) handles[k] = dlm::retain(std::move(list[k]));
    v.p = handles;
  } else {
    TORCH_CHECK(false, "a result of unsupported type ", value.tagKind());
  }
  return v;
}

}  // namespace

// An operator by its full name, "aten::add" and "Tensor"; null where this libtorch has none such. Never freed.
DLM_API void* dlm_find_operator(const char* name, const char* overload) {
  return guarded<void*>(nullptr, [&]() -> void* {
    auto found = c10::Dispatcher::singleton().findSchema({name, overload});
    TORCH_CHECK(found.has_value(), "this libtorch has no operator ", name, overload[0] ? "." : "", overload);
    auto op = new Operator{*found, {}};
    for (const auto& a : found->schema().arguments()) {
      Argument argument;
      argument.wants = wants(a.type());
      argument.repeat = a.N().value_or(1);
      argument.has_default = a.default_value().has_value();
      if (argument.has_default) argument.default_value = *a.default_value();
      op->arguments.push_back(std::move(argument));
    }
    return op;
  });
}

// Calls an operator. Arguments left out at the end take the schema's defaults. Returns how many results there are,
// of which the first `capacity` are stored and belong to the caller; -1 on an error.
DLM_API int32_t dlm_call(void* op_handle, const DlmValue* values, int32_t count, DlmValue* results, int32_t capacity) {
  return guarded<int32_t>(-1, [&] {
    auto op = static_cast<const Operator*>(op_handle);
    auto& arguments = op->arguments;
    TORCH_CHECK(static_cast<size_t>(count) <= arguments.size(), toString(op->handle.operator_name()), " takes ",
        arguments.size(), " arguments, not ", count);

    torch::jit::Stack stack;
    stack.reserve(arguments.size());
    for (int32_t k = 0; k < count; k++) stack.push_back(to_ivalue(values[k], arguments[k]));
    for (size_t k = count; k < arguments.size(); k++) {
      TORCH_CHECK(arguments[k].has_default, toString(op->handle.operator_name()), " needs argument '",
          op->handle.schema().arguments()[k].name(), "'");
      stack.push_back(arguments[k].default_value);
    }

    op->handle.callBoxed(&stack);
    auto produced = static_cast<int32_t>(stack.size());
    for (int32_t k = 0; k < produced && k < capacity; k++) results[k] = from_ivalue(std::move(stack[k]));
    stack.clear();
    dlm::settle();
    return produced;
  });
}
