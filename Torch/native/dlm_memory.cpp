// What a thread allocates on the CPU while it is watched.
#include "dlm_internal.h"

#include <c10/core/Allocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>

#include <algorithm>

namespace {

// Through the door that libtorch's profiler uses: every allocation and release of its CPU allocator on this thread. Later
// libtorchs count in size_t; whichever of the two is the base's is the one that is called.
struct Watch final : c10::MemoryReportingInfoBase {
  void reportMemoryUsage(void*, int64_t bytes, int64_t, int64_t, c10::Device) { add(bytes); }
  void reportMemoryUsage(void*, int64_t bytes, size_t, size_t, c10::Device) { add(bytes); }
  bool memoryProfilingEnabled() const override { return true; }

  void add(int64_t bytes) {
    live += bytes;
    peak = std::max(peak, live);
  }

  int64_t live = 0, peak = 0, settled = 0;
};

thread_local std::shared_ptr<Watch> watch;

}  // namespace

void dlm::settle() {
  if (watch != nullptr) watch->settled = std::max(watch->settled, watch->live);
}

// Begins to count on this thread; once at a time.
DLM_API int32_t dlm_memory_watch() {
  return dlm::guarded<int32_t>(-1, [&] {
    TORCH_CHECK(watch == nullptr, "this thread's memory is watched already");
    watch = std::make_shared<Watch>();
    c10::ThreadLocalDebugInfo::_push(c10::DebugInfoKind::PROFILER_STATE, watch);
    return 0;
  });
}

// The bytes that live now of those allocated since; the most that did at a time; and the most that did at the end of an
// operator's call, when what the operator needed for itself is gone.
DLM_API int32_t dlm_memory_read(int64_t* live, int64_t* peak, int64_t* settled) {
  return dlm::guarded<int32_t>(-1, [&] {
    TORCH_CHECK(watch != nullptr, "this thread's memory is not watched");
    *live = watch->live;
    *peak = watch->peak;
    *settled = watch->settled;
    return 0;
  });
}

DLM_API int32_t dlm_memory_unwatch() {
  return dlm::guarded<int32_t>(-1, [&] {
    TORCH_CHECK(watch != nullptr, "this thread's memory is not watched");
    c10::ThreadLocalDebugInfo::_pop(c10::DebugInfoKind::PROFILER_STATE);
    watch = nullptr;
    return 0;
  });
}
