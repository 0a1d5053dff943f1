// Stochastic gradient descent as torch.optim.SGD: momentum (Polyak, 1964) and Nesterov's form (Sutskever et al., 2013).
#pragma once

#include "rule.h"

namespace dlm::optim::DLM_INSTRUCTIONS {

// options: rate, decay
template <typename T>
struct SgdRule {
  static constexpr int states = 0, options = 2;
  T rate, decay;

  SgdRule(const double* o, double) : rate(T(o[0])), decay(T(o[1])) {}

  void operator()(T& p, T g) const { p -= rate * (g + decay * p); }
};

// options: rate, decay, what is kept of the buffer, the share of the gradient, what Nesterov's form adds of the buffer.
// A parameter's first step keeps 0 and takes 1, so that its buffer is the gradient.
template <typename T, bool nesterov>
struct BufferedRule {
  static constexpr int states = 1, options = 5;
  T rate, decay, kept, share, ahead;

  BufferedRule(const double* o, double) : rate(T(o[0])), decay(T(o[1])), kept(T(o[2])), share(T(o[3])), ahead(T(o[4])) {}

  void operator()(T& p, T g, T& buffer) const {
    g += decay * p;
    buffer = kept * buffer + share * g;
    p -= rate * (nesterov ? g + ahead * buffer : buffer);
  }
};

template <typename T>
using MomentumRule = BufferedRule<T, false>;
template <typename T>
using NesterovRule = BufferedRule<T, true>;

}  // namespace dlm::optim::DLM_INSTRUCTIONS
