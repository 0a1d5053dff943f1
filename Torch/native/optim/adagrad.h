// Adagrad (Duchi, Hazan and Singer, 2011).
#pragma once

#include "rule.h"

namespace dlm::optim::DLM_INSTRUCTIONS {

// options: rate of this step, decay, epsilon
template <typename T>
struct AdagradRule {
  static constexpr int states = 1, options = 3;
  T rate, decay, epsilon;

  AdagradRule(const double* o, double) : rate(T(o[0])), decay(T(o[1])), epsilon(T(o[2])) {}

  void operator()(T& p, T g, T& sum) const {
    g += decay * p;
    sum += g * g;
    p -= rate * g / (std::sqrt(sum) + epsilon);
  }
};

}  // namespace dlm::optim::DLM_INSTRUCTIONS
