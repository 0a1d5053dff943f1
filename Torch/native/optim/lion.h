// Lion (Chen et al., 2023, "Symbolic discovery of optimization algorithms"), algorithm 2.
#pragma once

#include "rule.h"

namespace dlm::optim::DLM_INSTRUCTIONS {

// options: rate, what decay leaves of a parameter, beta1, beta2, 1 - beta1, 1 - beta2
template <typename T>
struct LionRule {
  static constexpr int states = 1, options = 6;
  T rate, left, beta1, beta2, rest1, rest2;

  LionRule(const double* o, double) : rate(T(o[0])), left(T(o[1])), beta1(T(o[2])), beta2(T(o[3])), rest1(T(o[4])), rest2(T(o[5])) {}

  void operator()(T& p, T g, T& mean) const {
    T blend = beta1 * mean + rest1 * g;
    p = left * p - rate * (T(blend > 0) - T(blend < 0));
    mean = beta2 * mean + rest2 * g;
  }
};

}  // namespace dlm::optim::DLM_INSTRUCTIONS
