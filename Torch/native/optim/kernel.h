// What the step calls: for each method and type of number a kernel, in a table for each set of instructions.
#pragma once

#include <cstdint>

namespace dlm::optim {

// The methods, numbered as Runtime's FusedMethod.
enum Method : int32_t {
  Sgd, Momentum, Nesterov, Adam, AmsGrad, RmsProp, RmsPropCentered, RmsPropMomentum, RmsPropCenteredMomentum,
  Adagrad, Adadelta, NAdam, RAdam, Lion, Lamb, Lars, MethodCount
};

// Sums over a stretch, in double so that no float's square overflows them.
struct Sums {
  double first = 0, second = 0;
};

// One method for one type of number. `trust` is the factor of the parameter's rate that rules with a measure work out.
template <typename T>
struct Kernel {
  int states;
  int options;
  void (*step)(const double* options, double trust, T* values, const T* gradients, T* const* state, int64_t count);
  Sums (*measure)(const double* options, T* values, const T* gradients, T* const* state, int64_t count);  // null for most
  double (*trust)(const double* options, Sums sums);
};

struct Tables {
  const Kernel<float>* single;
  const Kernel<double>* twice;
};

}  // namespace dlm::optim
