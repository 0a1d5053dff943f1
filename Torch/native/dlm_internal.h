// Shared by the sections of the native file: handles, the error text, and the guard every entry point runs in.
#pragma once

#include "dlm_torch.h"

#include <ATen/core/Tensor.h>

#include <exception>
#include <string>
#include <utility>

namespace dlm {

at::Tensor* retain(at::Tensor tensor);  // a new handle, counted; null for an undefined tensor
void release(at::Tensor* tensor);
void set_error(std::string text);
void settle();  // an operator is done: what lives now is not the operator's own

inline at::Tensor& tensor(void* handle) {
  return *static_cast<at::Tensor*>(handle);
}

// Runs the body; an exception becomes the error text and `failed`.
template <typename R, typename F>
R guarded(R failed, F&& body) {
  try {
    return body();
  } catch (const c10::Error& e) {
    set_error(e.what_without_backtrace());
  } catch (const std::exception& e) {
    set_error(e.what());
  } catch (...) {
    set_error("libtorch failed with an unknown exception");
  }
  return failed;
}

}  // namespace dlm
