// Groups of processes: meeting, collectives, and the store's few words about who has failed.
#ifndef DLM_GROUPS
#include "../dlm_torch.h"

DLM_API const char* dlm_group_missing() {
  return "it was built without groups of processes, as there were no headers of Gloo (gloo/context.h; Debian: libgloo-dev) that fit libtorch";
}
#else
#include "processes.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

using dlm::guarded;
using dlm::tensor;
using dlm::distributed::Processes;
using dlm::distributed::Work;

namespace dlm::distributed {

namespace {

// How long one looks at a collective before looking at the store.
constexpr auto glance = std::chrono::milliseconds(500);

}  // namespace

Engine& Processes::engine_of(const at::Tensor& tensor) const {
  if (tensor.is_cpu()) return *cpu;
  TORCH_CHECK(tensor.is_cuda() && cuda, "tensors on ", tensor.device(), " cannot be exchanged: this native file was built without NCCL");
  return *cuda;
}

void Processes::wait(const Work& work) const {
  while (!work->isCompleted()) {
    try {
      work->wait(glance);
      return;
    } catch (...) {
      if (work->isCompleted()) break;
    }
    TORCH_CHECK(!store->check({failed_key}), "another process has failed");
  }
  work->wait();  // throws what the engine has to say
}

}  // namespace dlm::distributed

namespace {

Processes& of(void* handle) { return *static_cast<Processes*>(handle); }

c10d::ReduceOp reduction(int32_t kind) {
  switch (kind) {
    case 0: return c10d::ReduceOp::SUM;
    case 1: return c10d::ReduceOp::MAX;
    case 2: return c10d::ReduceOp::MIN;
    default: TORCH_CHECK(false, "there is no reduction ", kind);
  }
}

// A network interface by name, else this machine alone, else whatever address the machine's own name has.
auto device(const char* interface, bool local) {
  using Gloo = c10d::ProcessGroupGloo;
  if (interface[0] != 0) return Gloo::createDeviceForInterface(interface);
  return local ? Gloo::createDeviceForHostname("127.0.0.1") : Gloo::createDefaultDevice();
}

// So many bytes are sent at once, and take as much memory meanwhile.
constexpr int64_t chunk = int64_t(64) << 20;

// Gives all tensors, of whatever types, the bytes that `root` has.
void broadcast(const Processes& processes, std::vector<at::Tensor> tensors, int root) {
  at::NoGradGuard unrecorded;
  for (size_t first = 0; first < tensors.size();) {
    std::vector<at::Tensor> pieces;
    size_t end = first;
    for (int64_t bytes = 0; end < tensors.size() && (end == first || bytes < chunk); end++) {
      if (tensors[end].device() != tensors[first].device()) break;
      bytes += static_cast<int64_t>(tensors[end].nbytes());
      pieces.push_back(tensors[end].detach().contiguous().flatten().view(at::kByte));
    }
    std::vector<at::Tensor> flat{at::cat(pieces)};
    c10d::BroadcastOptions options;
    options.rootRank = root;
    processes.wait(processes.engine_of(flat[0]).broadcast(flat, options));
    int64_t start = 0;
    for (size_t k = first; k < end; k++) {
      auto length = static_cast<int64_t>(tensors[k].nbytes());
      auto bytes = flat[0].narrow(0, start, length).clone();  // begins where any type may begin
      tensors[k].detach().copy_(bytes.view(tensors[k].scalar_type()).view(tensors[k].sizes()));
      start += length;
    }
    first = end;
  }
}

}  // namespace

// Why there are no groups here; null where there are.
DLM_API const char* dlm_group_missing() { return nullptr; }

DLM_API int32_t dlm_group_has_nccl() {
#ifdef DLM_NCCL
  return 1;
#else
  return 0;
#endif
}

// Meets the other processes at host:port, where one of them, or a launcher, keeps the store. Null if they do not all come in time.
DLM_API void* dlm_group_new(const char* host, int32_t port, const char* prefix, int32_t keeps_store, int32_t rank, int32_t size,
    const char* interface, int32_t local, int32_t with_nccl, int64_t timeout_ms) {
  return guarded<void*>(nullptr, [&]() -> void* {
    const auto timeout = std::chrono::milliseconds(timeout_ms);
    c10d::TCPStoreOptions where;
    where.port = static_cast<uint16_t>(port);
    where.isServer = keeps_store != 0;
    where.numWorkers = size;
    where.waitWorkers = false;
    where.timeout = timeout;
    auto store = c10::make_intrusive<c10d::PrefixStore>(prefix, c10::make_intrusive<c10d::TCPStore>(host, where));

    auto options = c10d::ProcessGroupGloo::Options::create(timeout);
    options->devices.push_back(device(interface, local != 0));
    auto processes = std::make_unique<Processes>();
    processes->rank = rank;
    processes->size = size;
    processes->store = store;
    processes->cpu = c10::make_intrusive<c10d::ProcessGroupGloo>(c10::make_intrusive<c10d::PrefixStore>("cpu", store), rank, size, options);
#ifdef DLM_NCCL
    if (with_nccl != 0) {
      auto cuda = c10d::ProcessGroupNCCL::Options::create();
      cuda->timeout = timeout;
      processes->cuda = c10::make_intrusive<c10d::ProcessGroupNCCL>(c10::make_intrusive<c10d::PrefixStore>("cuda", store), rank, size, cuda);
    }
#endif
    return processes.release();
  });
}

DLM_API void dlm_group_free(void* group) {
  guarded(0, [&] { delete static_cast<Processes*>(group); return 0; });
}

// ---------------------------------------------------------------- collectives

// Begins to combine a tensor with the others', in place. The work is waited for by dlm_group_wait.
DLM_API void* dlm_group_all_reduce(void* group, void* handle, int32_t kind) {
  return guarded<void*>(nullptr, [&]() -> void* {
    std::vector<at::Tensor> tensors{tensor(handle)};
    c10d::AllreduceOptions options;
    options.reduceOp = reduction(kind);
    return new Work(of(group).engine_of(tensors[0]).allreduce(tensors, options));
  });
}

DLM_API int32_t dlm_group_wait(void* group, void* work) {
  return guarded<int32_t>(-1, [&] {
    std::unique_ptr<Work> own(static_cast<Work*>(work));
    of(group).wait(*own);
    return 0;
  });
}

DLM_API int32_t dlm_group_broadcast(void* group, void* const* handles, int32_t count, int32_t root) {
  return guarded<int32_t>(-1, [&] {
    std::vector<at::Tensor> tensors;
    for (int32_t k = 0; k < count; k++) {
      if (tensor(handles[k]).numel() > 0) tensors.push_back(tensor(handles[k]));
    }
    broadcast(of(group), std::move(tensors), root);
    return 0;
  });
}

// Everybody's tensor, one after another along the first dimension of `all`, which has one more than the tensor.
DLM_API int32_t dlm_group_all_gather(void* group, void* handle, void* all) {
  return guarded<int32_t>(-1, [&] {
    at::NoGradGuard unrecorded;
    std::vector<at::Tensor> inputs{tensor(handle).detach().contiguous()};
    std::vector<std::vector<at::Tensor>> outputs{tensor(all).unbind(0)};
    of(group).wait(of(group).engine_of(inputs[0]).allgather(outputs, inputs));
    return 0;
  });
}

// ---------------------------------------------------------------- the store

DLM_API int32_t dlm_group_set(void* group, const char* key, const char* text) {
  return guarded<int32_t>(-1, [&] {
    of(group).store->set(key, std::vector<uint8_t>(text, text + std::strlen(text)));
    return 0;
  });
}

// Counts at a key; the first to come gets 1.
DLM_API int64_t dlm_group_count(void* group, const char* key) {
  return guarded<int64_t>(-1, [&] { return of(group).store->add(key, 1); });
}

// The text under a key, to be freed by dlm_free; null where there is none, or, with a result below 0, no store any more.
DLM_API int32_t dlm_group_get(void* group, const char* key, char** text) {
  *text = nullptr;
  return guarded<int32_t>(-1, [&] {
    auto& store = *of(group).store;
    if (!store.check({key})) return 0;
    auto bytes = store.get(key);
    *text = static_cast<char*>(std::malloc(bytes.size() + 1));
    std::copy(bytes.begin(), bytes.end(), *text);
    (*text)[bytes.size()] = 0;
    return 1;
  });
}
#endif
