// The processes that train together: c10d's store, where they meet, and its engines, which move tensors between them.
#pragma once

#include "../dlm_internal.h"

#include <torch/version.h>

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#ifdef DLM_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

namespace dlm::distributed {

// Since 2.0 an engine is a Backend, and a ProcessGroup a collection of them.
#if TORCH_VERSION_MAJOR >= 2
using Engine = c10d::Backend;
#else
using Engine = c10d::ProcessGroup;
#endif
using Work = c10::intrusive_ptr<c10d::Work>;

// The key under which the first process that fails says so.
constexpr const char* failed_key = "failed";

struct Processes {
  int rank;
  int size;
  c10::intrusive_ptr<c10d::Store> store;
  c10::intrusive_ptr<Engine> cpu;
  c10::intrusive_ptr<Engine> cuda;

  Engine& engine_of(const at::Tensor& tensor) const;

  // Waits for a collective; throws when it failed, and also when another process says that it has failed.
  void wait(const Work& work) const;
};

}  // namespace dlm::distributed
