// One optimizer step over a flat buffer: every number of it read and written once, by all of libtorch's threads.
#include "../dlm_internal.h"
#include "kernel.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <type_traits>
#include <vector>

using dlm::guarded;
using dlm::tensor;

namespace dlm::optim {

Tables tables_base();
#ifdef DLM_X86
Tables tables_avx2();
Tables tables_avx512();
#endif

namespace {

// So many numbers are one piece of work: long enough to be worth handing out, short enough to share evenly.
constexpr int64_t piece_length = 1 << 14;

// Fewer numbers than this are not worth waking threads for.
constexpr int64_t shared_length = 1 << 15;

Tables best_tables() {
#ifdef DLM_X86
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) return tables_avx512();
  if (__builtin_cpu_supports("avx2")) return tables_avx2();
#endif
  return tables_base();
}

const Kernel<float>* table(float) {
  static const auto best = best_tables();
  return best.single;
}

const Kernel<double>* table(double) {
  static const auto best = best_tables();
  return best.twice;
}

// A stretch of one parameter.
struct Piece {
  int32_t parameter;
  int64_t within, count;
};

template <typename F>
void for_each(int64_t count, bool shared, F&& body) {
  const int threads = shared ? at::get_num_threads() : 1;
#pragma omp parallel for schedule(dynamic, 4) num_threads(threads) if (threads > 1)
  for (int64_t k = 0; k < count; k++) body(k);
}

// A tensor's numbers one after another, as T: itself, or a copy.
template <typename T>
at::Tensor plain(const at::Tensor& gradient) {
  return gradient.to(std::is_same_v<T, float> ? at::kFloat : at::kDouble).contiguous();
}

template <typename T>
void step(const Kernel<T>& kernel, T* values, const std::vector<T*>& states, void* const* gradients, const int64_t* starts,
    int32_t count, const double* options) {
  std::vector<at::Tensor> kept(count);
  std::vector<const T*> slopes(count);
  std::vector<Piece> pieces;
  for (int32_t k = 0; k < count; k++) {
    kept[k] = plain<T>(tensor(gradients[k]));
    const int64_t length = starts[k + 1] - starts[k];
    TORCH_CHECK(kept[k].numel() == length && kept[k].is_cpu(), "gradient ", k, " has ", kept[k].numel(), " numbers on ",
        kept[k].device(), ", and its parameter ", length, " on the CPU");
    slopes[k] = static_cast<const T*>(kept[k].data_ptr());
    for (int64_t within = 0; within < length; within += piece_length) {
      pieces.push_back({k, within, std::min(piece_length, length - within)});
    }
  }

  const bool shared = starts[count] - starts[0] >= shared_length;
  auto at = [&](const Piece& piece, auto&& call) {
    const int64_t start = starts[piece.parameter] + piece.within;
    T* state[3] = {};
    for (size_t s = 0; s < states.size(); s++) state[s] = states[s] + start;
    return call(values + start, slopes[piece.parameter] + piece.within, state);
  };

  std::vector<double> trust(count, 1.0);
  if (kernel.measure != nullptr) {
    std::vector<Sums> sums(pieces.size());
    for_each(pieces.size(), shared, [&](int64_t k) {
      sums[k] = at(pieces[k], [&](T* p, const T* g, T* const* s) { return kernel.measure(options, p, g, s, pieces[k].count); });
    });
    // Added up in the order of the pieces, so that the number of threads changes no bit.
    std::vector<Sums> whole(count);
    for (size_t k = 0; k < pieces.size(); k++) {
      whole[pieces[k].parameter].first += sums[k].first;
      whole[pieces[k].parameter].second += sums[k].second;
    }
    for (int32_t k = 0; k < count; k++) trust[k] = kernel.trust(options, whole[k]);
  }

  for_each(pieces.size(), shared, [&](int64_t k) {
    at(pieces[k], [&](T* p, const T* g, T* const* s) { kernel.step(options, trust[pieces[k].parameter], p, g, s, pieces[k].count); });
  });
}

template <typename T>
void checked_step(int32_t method, at::Tensor& values, void* const* states, int32_t state_count, void* const* gradients,
    const int64_t* starts, int32_t count, const double* options, int32_t option_count) {
  const Kernel<T>& kernel = table(T())[method];
  TORCH_CHECK(kernel.states == state_count && kernel.options == option_count, "method ", method, " has ", kernel.states,
      " buffers and ", kernel.options, " options, not ", state_count, " and ", option_count);
  std::vector<T*> buffers(state_count);
  for (int32_t s = 0; s < state_count; s++) {
    const at::Tensor& buffer = tensor(states[s]);
    TORCH_CHECK(buffer.scalar_type() == values.scalar_type() && buffer.numel() == values.numel() && buffer.is_contiguous() &&
        buffer.is_cpu(), "buffer ", s, " does not lie beside the values");
    buffers[s] = static_cast<T*>(buffer.data_ptr());
  }
  step<T>(kernel, static_cast<T*>(values.data_ptr()), buffers, gradients, starts, count, options);
}

}  // namespace
}  // namespace dlm::optim

// Steps `count` parameters that lie one after another in `values`, parameter k from starts[k] to starts[k + 1]. `states` are
// buffers of the length of `values`; gradients may lie anywhere. The options are those of the rule's own file.
DLM_API int32_t dlm_optimizer_step(int32_t method, void* values, void* const* states, int32_t state_count, void* const* gradients,
    const int64_t* starts, int32_t count, const double* options, int32_t option_count) {
  return guarded<int32_t>(-1, [&] {
    at::Tensor& flat = tensor(values);
    TORCH_CHECK(method >= 0 && method < dlm::optim::MethodCount, "there is no method ", method);
    TORCH_CHECK(flat.is_cpu() && flat.is_contiguous(), "the values must lie in one piece on the CPU");
    TORCH_CHECK(count > 0 && starts[0] >= 0 && starts[count] <= flat.numel() && std::is_sorted(starts, starts + count + 1),
        "the parameters do not lie one after another within the values");
    if (flat.scalar_type() == at::kFloat) {
      dlm::optim::checked_step<float>(method, flat, states, state_count, gradients, starts, count, options, option_count);
    } else {
      TORCH_CHECK(flat.scalar_type() == at::kDouble, "only float32 and float64 are stepped");
      dlm::optim::checked_step<double>(method, flat, states, state_count, gradients, starts, count, options, option_count);
    }
    return 0;
  });
}
