// The table of all rules, compiled once for each set of instructions: DLM_INSTRUCTIONS names the one at hand.
#include "adadelta.h"
#include "adagrad.h"
#include "adam.h"
#include "lamb.h"
#include "lars.h"
#include "lion.h"
#include "nadam.h"
#include "radam.h"
#include "rmsprop.h"
#include "sgd.h"

#define DLM_JOIN_(a, b) a##b
#define DLM_JOIN(a, b) DLM_JOIN_(a, b)

namespace dlm::optim {
namespace DLM_INSTRUCTIONS {
namespace {

// In the order of Method.
template <typename T>
constexpr Kernel<T> table[MethodCount] = {
    elementwise<SgdRule, T>(), elementwise<MomentumRule, T>(), elementwise<NesterovRule, T>(),
    elementwise<AdamRule, T>(), elementwise<AmsGradRule, T>(),
    elementwise<RmsPropRule, T>(), elementwise<RmsPropCenteredRule, T>(), elementwise<RmsPropMomentumRule, T>(),
    elementwise<RmsPropCenteredMomentumRule, T>(),
    elementwise<AdagradRule, T>(), elementwise<AdadeltaRule, T>(), elementwise<NAdamRule, T>(), elementwise<RAdamRule, T>(),
    elementwise<LionRule, T>(), layerwise<LambRule, T>(), layerwise<LarsRule, T>(),
};

}  // namespace
}  // namespace DLM_INSTRUCTIONS

Tables DLM_JOIN(tables_, DLM_INSTRUCTIONS)() { return {DLM_INSTRUCTIONS::table<float>, DLM_INSTRUCTIONS::table<double>}; }

}  // namespace dlm::optim
