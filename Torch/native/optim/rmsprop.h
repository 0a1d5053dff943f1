// RMSprop (Hinton, 2012, lecture 6e); centered after Graves (2013, arXiv 1308.0850, section 4.2).
#pragma once

#include "rule.h"

namespace dlm::optim::DLM_INSTRUCTIONS {

// options: rate, decay, alpha, 1 - alpha, momentum, epsilon
template <typename T, bool centered, bool momentum>
struct RootMeanSquareRule {
  static constexpr int states = 1 + centered + momentum, options = 6;
  T rate, decay, alpha, rest, kept, epsilon;

  RootMeanSquareRule(const double* o, double)
      : rate(T(o[0])), decay(T(o[1])), alpha(T(o[2])), rest(T(o[3])), kept(T(o[4])), epsilon(T(o[5])) {}

  void operator()(T& p, T g, T& square) const {
    g += decay * p;
    square = alpha * square + rest * g * g;
    p -= rate * (g / (std::sqrt(square) + epsilon));
  }

  void operator()(T& p, T g, T& square, T& second) const {
    g += decay * p;
    square = alpha * square + rest * g * g;
    if constexpr (centered) {
      second = alpha * second + rest * g;
      p -= rate * (g / (std::sqrt(square - second * second) + epsilon));
    } else {
      second = kept * second + g / (std::sqrt(square) + epsilon);
      p -= rate * second;
    }
  }

  void operator()(T& p, T g, T& square, T& mean, T& buffer) const {
    g += decay * p;
    square = alpha * square + rest * g * g;
    mean = alpha * mean + rest * g;
    buffer = kept * buffer + g / (std::sqrt(square - mean * mean) + epsilon);
    p -= rate * buffer;
  }
};

template <typename T>
using RmsPropRule = RootMeanSquareRule<T, false, false>;
template <typename T>
using RmsPropCenteredRule = RootMeanSquareRule<T, true, false>;
template <typename T>
using RmsPropMomentumRule = RootMeanSquareRule<T, false, true>;
template <typename T>
using RmsPropCenteredMomentumRule = RootMeanSquareRule<T, true, true>;

}  // namespace dlm::optim::DLM_INSTRUCTIONS
