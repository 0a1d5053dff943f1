// NAdam (Dozat, 2016).
#pragma once

#include "rule.h"

namespace dlm::optim::DLM_INSTRUCTIONS {

// options: rate along the gradient, rate along the mean, decay, beta1, beta2, 1 - beta1, 1 - beta2, the square's bias, epsilon
template <typename T>
struct NAdamRule {
  static constexpr int states = 2, options = 9;
  T now, next, decay, beta1, beta2, rest1, rest2, bias, epsilon;

  NAdamRule(const double* o, double)
      : now(T(o[0])), next(T(o[1])), decay(T(o[2])), beta1(T(o[3])), beta2(T(o[4])), rest1(T(o[5])), rest2(T(o[6])), bias(T(o[7])),
        epsilon(T(o[8])) {}

  void operator()(T& p, T g, T& mean, T& square) const {
    g += decay * p;
    mean = beta1 * mean + rest1 * g;
    square = beta2 * square + rest2 * g * g;
    p -= (now * g + next * mean) / (std::sqrt(square / bias) + epsilon);
  }
};

}  // namespace dlm::optim::DLM_INSTRUCTIONS
