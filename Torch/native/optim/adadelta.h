// Adadelta (Zeiler, 2012), algorithm 1.
#pragma once

#include "rule.h"

namespace dlm::optim::DLM_INSTRUCTIONS {

// options: rate, decay, rho, 1 - rho, epsilon
template <typename T>
struct AdadeltaRule {
  static constexpr int states = 2, options = 5;
  T rate, decay, rho, rest, epsilon;

  AdadeltaRule(const double* o, double) : rate(T(o[0])), decay(T(o[1])), rho(T(o[2])), rest(T(o[3])), epsilon(T(o[4])) {}

  void operator()(T& p, T g, T& square, T& moved) const {
    g += decay * p;
    square = rho * square + rest * g * g;
    T delta = std::sqrt(moved + epsilon) / std::sqrt(square + epsilon) * g;
    moved = rho * moved + rest * delta * delta;
    p -= rate * delta;
  }
};

}  // namespace dlm::optim::DLM_INSTRUCTIONS
