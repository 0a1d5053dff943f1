// How a rule is written: a struct made from its options, with the number of buffers it keeps beside the parameters and a
// call that steps one number. The loop over many stands here once; the compiler makes vector code of each.
//
// All of it lives in a namespace named after the instructions it is compiled for: two of one name would be merged by the linker.
#pragma once

#include "kernel.h"

#include <cmath>

namespace dlm::optim::DLM_INSTRUCTIONS {

template <template <typename> class Rule, typename T>
void step_all(const double* options, double trust, T* __restrict values, const T* __restrict gradients, T* const* state, int64_t count) {
  const Rule<T> rule(options, trust);
  if constexpr (Rule<T>::states == 0) {
    for (int64_t i = 0; i < count; i++) rule(values[i], gradients[i]);
  } else if constexpr (Rule<T>::states == 1) {
    T* __restrict a = state[0];
    for (int64_t i = 0; i < count; i++) rule(values[i], gradients[i], a[i]);
  } else if constexpr (Rule<T>::states == 2) {
    T *__restrict a = state[0], *__restrict b = state[1];
    for (int64_t i = 0; i < count; i++) rule(values[i], gradients[i], a[i], b[i]);
  } else {
    T *__restrict a = state[0], *__restrict b = state[1], *__restrict c = state[2];
    for (int64_t i = 0; i < count; i++) rule(values[i], gradients[i], a[i], b[i], c[i]);
  }
}

template <template <typename> class Rule, typename T>
constexpr Kernel<T> elementwise() {
  return {Rule<T>::states, Rule<T>::options, step_all<Rule, T>, nullptr, nullptr};
}

template <template <typename> class Rule, typename T>
constexpr Kernel<T> layerwise() {
  return {Rule<T>::states, Rule<T>::options, step_all<Rule, T>, Rule<T>::measure, Rule<T>::trust};
}

}  // namespace dlm::optim::DLM_INSTRUCTIONS
