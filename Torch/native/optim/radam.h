// RAdam (Liu et al., 2020), algorithm 2.
#pragma once

#include "rule.h"

namespace dlm::optim::DLM_INSTRUCTIONS {

// options: the plain rate, the rectified rate (one of the two is 0), decay, beta1, beta2, 1 - beta1, 1 - beta2, epsilon
template <typename T>
struct RAdamRule {
  static constexpr int states = 2, options = 8;
  T plain, rectified, decay, beta1, beta2, rest1, rest2, epsilon;

  RAdamRule(const double* o, double)
      : plain(T(o[0])), rectified(T(o[1])), decay(T(o[2])), beta1(T(o[3])), beta2(T(o[4])), rest1(T(o[5])), rest2(T(o[6])),
        epsilon(T(o[7])) {}

  void operator()(T& p, T g, T& mean, T& square) const {
    g += decay * p;
    mean = beta1 * mean + rest1 * g;
    square = beta2 * square + rest2 * g * g;
    p -= mean * (rectified > 0 ? rectified / (std::sqrt(square) + epsilon) : plain);
  }
};

}  // namespace dlm::optim::DLM_INSTRUCTIONS
