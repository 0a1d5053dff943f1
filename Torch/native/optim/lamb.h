// LAMB (You et al., 2020, "Large batch optimization for deep learning"), algorithm 2, with the identity for phi.
#pragma once

#include "rule.h"

namespace dlm::optim::DLM_INSTRUCTIONS {

// options: rate, decay, beta1, beta2, 1 - beta1, 1 - beta2, the mean's bias, the square's bias, epsilon
template <typename T>
struct LambRule {
  static constexpr int states = 2, options = 9;
  T rate, decay, beta1, beta2, rest1, rest2, bias1, bias2, epsilon;

  LambRule(const double* o, double trust)
      : rate(T(o[0] * trust)), decay(T(o[1])), beta1(T(o[2])), beta2(T(o[3])), rest1(T(o[4])), rest2(T(o[5])), bias1(T(o[6])),
        bias2(T(o[7])), epsilon(T(o[8])) {}

  // The moments are those that measure left.
  void operator()(T& p, T, T& mean, T& square) const { p -= rate * update(p, mean, square); }

  // Moves the moments on; the squares of the parameter and of its update.
  static Sums measure(const double* options, T* __restrict values, const T* __restrict gradients, T* const* state, int64_t count) {
    const LambRule rule(options, 1);
    T *__restrict mean = state[0], *__restrict square = state[1];
    double first = 0, second = 0;
    for (int64_t i = 0; i < count; i++) {
      mean[i] = rule.beta1 * mean[i] + rule.rest1 * gradients[i];
      square[i] = rule.beta2 * square[i] + rule.rest2 * gradients[i] * gradients[i];
      const double p = values[i], u = rule.update(values[i], mean[i], square[i]);
      first += p * p;
      second += u * u;
    }
    return {first, second};
  }

  static double trust(const double*, Sums sums) {
    return sums.first > 0 && sums.second > 0 ? std::sqrt(sums.first) / std::sqrt(sums.second) : 1;
  }

 private:
  T update(T p, T mean, T square) const { return mean / bias1 / (std::sqrt(square / bias2) + epsilon) + decay * p; }
};

}  // namespace dlm::optim::DLM_INSTRUCTIONS
