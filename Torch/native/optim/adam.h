// Adam (Kingma and Ba, 2015) and AMSGrad (Reddi et al., 2018), with the decay in the gradient or apart from it (AdamW:
// Loshchilov and Hutter, 2019).
#pragma once

#include "rule.h"

namespace dlm::optim::DLM_INSTRUCTIONS {

// options: rate over the mean's bias, decay in the gradient, what decay leaves of a parameter, beta1, beta2, 1 - beta1,
// 1 - beta2, root of the square's bias, epsilon
template <typename T, bool amsgrad>
struct MomentsRule {
  static constexpr int states = amsgrad ? 3 : 2, options = 9;
  T rate, decay, left, beta1, beta2, rest1, rest2, root_bias, epsilon;

  MomentsRule(const double* o, double)
      : rate(T(o[0])), decay(T(o[1])), left(T(o[2])), beta1(T(o[3])), beta2(T(o[4])), rest1(T(o[5])), rest2(T(o[6])),
        root_bias(T(o[7])), epsilon(T(o[8])) {}

  void operator()(T& p, T g, T& mean, T& square) const {
    moments(p, g, mean, square);
    descend(p, mean, square);
  }

  void operator()(T& p, T g, T& mean, T& square, T& largest) const {
    moments(p, g, mean, square);
    largest = largest > square ? largest : square;
    descend(p, mean, largest);
  }

 private:
  void moments(T& p, T g, T& mean, T& square) const {
    g += decay * p;
    p *= left;
    mean = beta1 * mean + rest1 * g;
    square = beta2 * square + rest2 * g * g;
  }

  void descend(T& p, T mean, T square) const { p -= rate * mean / (std::sqrt(square) / root_bias + epsilon); }
};

template <typename T>
using AdamRule = MomentsRule<T, false>;
template <typename T>
using AmsGradRule = MomentsRule<T, true>;

}  // namespace dlm::optim::DLM_INSTRUCTIONS
