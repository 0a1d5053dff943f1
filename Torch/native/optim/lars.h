// LARS (You, Gitman and Ginsburg, 2017, "Large batch training of convolutional networks"), algorithm 1.
#pragma once

#include "rule.h"

namespace dlm::optim::DLM_INSTRUCTIONS {

// options: rate, decay, momentum, trust coefficient, epsilon
template <typename T>
struct LarsRule {
  static constexpr int states = 1, options = 5;
  T rate, decay, momentum;

  LarsRule(const double* o, double trust) : rate(T(o[0] * trust)), decay(T(o[1])), momentum(T(o[2])) {}

  void operator()(T& p, T g, T& buffer) const {
    buffer = momentum * buffer + rate * (g + decay * p);
    p -= buffer;
  }

  // The squares of the parameter and of its gradient.
  static Sums measure(const double*, T* __restrict values, const T* __restrict gradients, T* const*, int64_t count) {
    double first = 0, second = 0;
    for (int64_t i = 0; i < count; i++) {
      const double p = values[i], g = gradients[i];
      first += p * p;
      second += g * g;
    }
    return {first, second};
  }

  static double trust(const double* options, Sums sums) {
    const double p = std::sqrt(sums.first), g = std::sqrt(sums.second);
    return p > 0 && g > 0 ? options[3] * p / (g + options[1] * p + options[4]) : 1;
  }
};

}  // namespace dlm::optim::DLM_INSTRUCTIONS
