// Averages gradients over processes while backward runs: as soon as all gradients of a bucket are there, its sum begins, and
// backward goes on meanwhile (Li et al., PyTorch Distributed, 2020).
#ifdef DLM_GROUPS
#include "processes.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/variable.h>

#include <functional>
#include <mutex>

using dlm::guarded;
using dlm::tensor;

namespace dlm::distributed {
namespace {

class AfterAccumulation : public torch::autograd::FunctionPostHook {
 public:
  explicit AfterAccumulation(std::function<void()> action) : action_(std::move(action)) {}

  torch::autograd::variable_list operator()(const torch::autograd::variable_list& outputs, const torch::autograd::variable_list&) override {
    action_();
    return outputs;
  }

 private:
  std::function<void()> action_;
};

// Parameters of one type on one device whose gradients travel together. Behind the gradients there is a number for each
// parameter, 1 where this process has a gradient: the sum tells whether anybody had one.
struct Bucket {
  std::vector<int32_t> parameters;
  at::Tensor buffer;
  at::Tensor reached;
  size_t missing = 0;
  Work work;
};

class Reducer {
 public:
  Reducer(const Processes& processes, std::vector<at::Tensor> parameters, const int32_t* bucket_of, int32_t buckets)
      : processes_(processes), parameters_(std::move(parameters)), buckets_(buckets), bucket_of_(bucket_of, bucket_of + parameters_.size()),
        slot_(parameters_.size()), views_(parameters_.size()), done_(parameters_.size()) {
    for (size_t k = 0; k < parameters_.size(); k++) {
      slot_[k] = buckets_[bucket_of_[k]].parameters.size();
      buckets_[bucket_of_[k]].parameters.push_back(static_cast<int32_t>(k));
    }
    for (auto& bucket : buckets_) lay(bucket);
    reset();
    for (size_t k = 0; k < parameters_.size(); k++) {
      auto node = torch::autograd::impl::grad_accumulator(parameters_[k]);
      TORCH_CHECK(node, "parameter ", k, " requires no gradient");
      auto key = node->add_post_hook(std::make_unique<AfterAccumulation>([this, k] { accumulated(k); }));
      hooks_.emplace_back(std::move(node), key);
    }
  }

  ~Reducer() {
    for (auto& [node, key] : hooks_) node->del_post_hook(key);
  }

  Reducer(const Reducer&) = delete;
  Reducer& operator=(const Reducer&) = delete;

  // The next backward is the last before the step: what it completes can be sent.
  void arm() {
    std::lock_guard<std::mutex> lock(mutex_);
    reset();
    armed_ = true;
  }

  int32_t sent() {
    std::lock_guard<std::mutex> lock(mutex_);
    return static_cast<int32_t>(next_);
  }

  // Sends what has not been sent, waits, and leaves in every parameter the mean over the processes; none where nobody had a gradient.
  void finish() {
    std::lock_guard<std::mutex> lock(mutex_);
    at::NoGradGuard unrecorded;
    TORCH_CHECK(!late_, "a second backward reached parameters whose gradients had been sent already");
    for (size_t k = 0; k < parameters_.size(); k++) {
      if (!done_[k]) take(k);
    }
    send();
    for (auto& bucket : buckets_) {
      processes_.wait(bucket.work);
      bucket.work.reset();
      bucket.buffer.div_(processes_.size);
    }
    for (size_t k = 0; k < parameters_.size(); k++) give_back(k);
    reset();
  }

 private:
  void lay(Bucket& bucket) {
    const auto& model = parameters_[bucket.parameters.at(0)];
    auto type = model.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;  // sums of 16 bits would lose what they add
    int64_t length = 0;
    for (auto k : bucket.parameters) length += parameters_[k].numel();
    auto count = static_cast<int64_t>(bucket.parameters.size());
    bucket.buffer = at::zeros({length + count}, model.options().dtype(type).requires_grad(false));
    bucket.reached = bucket.buffer.narrow(0, length, count);
    int64_t start = 0;
    for (auto k : bucket.parameters) {
      views_[k] = bucket.buffer.narrow(0, start, parameters_[k].numel()).view(parameters_[k].sizes());
      start += parameters_[k].numel();
    }
  }

  void reset() {
    armed_ = late_ = false;
    next_ = 0;
    std::fill(done_.begin(), done_.end(), false);
    for (auto& bucket : buckets_) bucket.missing = bucket.parameters.size();
  }

  void accumulated(size_t k) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!armed_) return;
    if (done_[k]) {
      late_ = true;
      return;
    }
    at::NoGradGuard unrecorded;
    take(k);
    send();
  }

  // Brings a gradient into its bucket, where it stays: what backward made is freed.
  void take(size_t k) {
    auto& bucket = buckets_[bucket_of_[k]];
    auto& gradient = parameters_[k].mutable_grad();
    bucket.reached.select(0, static_cast<int64_t>(slot_[k])).fill_(gradient.defined() ? 1 : 0);
    if (gradient.defined()) {
      TORCH_CHECK(!gradient.is_sparse(), "the gradient of parameter ", k, " is sparse");
      if (!gradient.is_same(views_[k])) views_[k].copy_(gradient);
      if (gradient.scalar_type() == views_[k].scalar_type()) gradient = views_[k];
    } else {
      views_[k].zero_();
    }
    done_[k] = true;
    bucket.missing--;
  }

  // In the same order everywhere, whatever order backward takes.
  void send() {
    for (; next_ < buckets_.size() && buckets_[next_].missing == 0; next_++) {
      std::vector<at::Tensor> tensors{buckets_[next_].buffer};
      buckets_[next_].work = processes_.engine_of(tensors[0]).allreduce(tensors);
    }
  }

  void give_back(size_t k) {
    auto& bucket = buckets_[bucket_of_[k]];
    auto& gradient = parameters_[k].mutable_grad();
    if (!gradient.defined()) {
      // Only here does anything need to be read back from a device.
      if (bucket.reached.select(0, static_cast<int64_t>(slot_[k])).item<double>() == 0) return;
      gradient = views_[k].scalar_type() == parameters_[k].scalar_type() ? views_[k] : views_[k].to(parameters_[k].scalar_type());
    } else if (!gradient.is_same(views_[k])) {
      gradient.copy_(views_[k]);
    }
  }

  const Processes& processes_;
  std::vector<at::Tensor> parameters_;
  std::vector<Bucket> buckets_;
  std::vector<int32_t> bucket_of_;
  std::vector<size_t> slot_;
  std::vector<at::Tensor> views_;
  std::vector<bool> done_;
  std::vector<std::pair<std::shared_ptr<torch::autograd::Node>, uintptr_t>> hooks_;
  std::mutex mutex_;
  size_t next_ = 0;
  bool armed_ = false;
  bool late_ = false;
};

Reducer& of(void* handle) { return *static_cast<Reducer*>(handle); }

}  // namespace
}  // namespace dlm::distributed

// The group and the parameters must outlive the reducer. Buckets are sent in the order of their numbers.
DLM_API void* dlm_reducer_new(void* group, void* const* parameters, const int32_t* bucket_of, int32_t count, int32_t buckets) {
  return guarded<void*>(nullptr, [&]() -> void* {
    std::vector<at::Tensor> list;
    for (int32_t k = 0; k < count; k++) list.push_back(tensor(parameters[k]));
    return new dlm::distributed::Reducer(*static_cast<dlm::distributed::Processes*>(group), std::move(list), bucket_of, buckets);
  });
}

DLM_API int32_t dlm_reducer_arm(void* reducer) {
  return guarded<int32_t>(-1, [&] { dlm::distributed::of(reducer).arm(); return 0; });
}

// How many buckets are under way.
DLM_API int32_t dlm_reducer_sent(void* reducer) {
  return guarded<int32_t>(-1, [&] { return dlm::distributed::of(reducer).sent(); });
}

DLM_API int32_t dlm_reducer_finish(void* reducer) {
  return guarded<int32_t>(-1, [&] { dlm::distributed::of(reducer).finish(); return 0; });
}

DLM_API void dlm_reducer_free(void* reducer) {
  guarded(0, [&] { delete static_cast<dlm::distributed::Reducer*>(reducer); return 0; });
}
#endif
