// The C ABI between Torch.dll (or any other caller) and libtorch.
//
// One call does nearly everything: an operator is looked up by name in libtorch's dispatcher once, and then
// called boxed with a flat array of values. What is not an operator (lifetime, shape, autograd, random state)
// has an entry point of its own. A tensor handle is an `at::Tensor*`.
//
// No exception leaves an entry point: it returns a negative number or null, and dlm_last_error() has the text.
#pragma once

#include <cstdint>

#define DLM_API extern "C" __attribute__((visibility("default")))

enum DlmKind : int32_t {
  DlmNone = 0,
  DlmTensor = 1,      // p: at::Tensor*
  DlmInt = 2,         // i
  DlmDouble = 3,      // d
  DlmBool = 4,        // i
  DlmComplex = 5,     // p: double[2]
  DlmString = 6,      // p: count bytes of UTF-8
  DlmDevice = 7,      // i: type, count: index
  DlmInts = 8,        // p: int64_t[count]
  DlmDoubles = 9,     // p: double[count]
  DlmBools = 10,      // p: int64_t[count]
  DlmTensors = 11,    // p: (at::Tensor*)[count], null for an absent one
  DlmGenerator = 12,  // p: at::Generator*
};

struct DlmValue {
  int32_t kind;
  int32_t count;
  union {
    int64_t i;
    double d;
    void* p;
  };
};
