// CUDA graphs of libtorch behind a C interface. TorchSharp has neither graphs nor streams, and libtorch's headers would tie
// this file to one version: so the functions are found by their mangled names, and a libtorch that lacks one is refused in
// a sentence. A capture through the CUDA runtime alone would not do: libtorch's allocator must know of it.
//
// No C++ exception may leave: every function answers 0, or 1 and a message.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <initializer_list>
#include <utility>
#include <dlfcn.h>

namespace {

// c10::cuda::CUDAStream: device type, device index, stream id. Trivially copyable, so it travels in two registers.
struct Stream {
  int8_t device_type;
  int8_t device_index;
  int64_t id;
};
static_assert(sizeof(Stream) == 16, "as c10::cuda::CUDAStream");

using PoolId = std::pair<unsigned long long, unsigned long long>;

// at::cuda::CUDAGraph is some hundred bytes and grows between versions.
constexpr size_t GraphSize = 4096;
constexpr size_t GraphAlignment = 64;

// cudaStreamCaptureModeThreadLocal: other threads prepare avatars meanwhile, and may allocate.
constexpr int ThreadLocal = 1;

// Member functions take `this` as their first argument (Itanium C++ ABI).
void (*graph_make)(void*, bool);
void (*graph_unmake)(void*);
void (*graph_begin)(void*, PoolId, int);
void (*graph_end)(void*);
void (*graph_replay)(void*);
void (*graph_reset)(void*);
Stream (*stream_pool)(bool, int8_t);
Stream (*stream_current)(int8_t);
void (*stream_set)(Stream);
bool loaded;

int fail(const char* why, char* message, int size) {
  if (message != nullptr && size > 0)
    std::snprintf(message, static_cast<size_t>(size), "%s", why);
  return 1;
}

template <typename Body>
int guarded(char* message, int size, Body body) {
  if (!loaded)
    return fail("fada_graph_load was not called", message, size);
  try {
    body();
    return 0;
  } catch (const std::exception& e) {
    return fail(e.what(), message, size);
  } catch (...) {
    return fail("an exception that is no std::exception", message, size);
  }
}

// The copy that the process has already, where there is one.
void* open(const char* path, char* message, int size) {
  void* library = dlopen(path, RTLD_NOW | RTLD_NOLOAD);
  if (library == nullptr)
    library = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
  if (library == nullptr)
    fail(dlerror(), message, size);
  return library;
}

template <typename Function>
bool find(void* library, const char* path, Function& function, std::initializer_list<const char*> names, char* message, int size) {
  for (const char* name : names) {
    if (void* symbol = dlsym(library, name)) {
      std::memcpy(&function, &symbol, sizeof symbol);
      return true;
    }
  }
  char why[512];
  std::snprintf(why, sizeof why, "%s has no %s: this libtorch is not one that the shim knows", path, *names.begin());
  fail(why, message, size);
  return false;
}

}  // namespace

extern "C" {

int fada_graph_version() { return 1; }

int fada_graph_load(const char* torch_path, const char* c10_path, char* message, int size) {
  loaded = false;
  // In this order: libtorch_cuda needs libc10_cuda.
  void* c10 = open(c10_path, message, size);
  void* torch = c10 == nullptr ? nullptr : open(torch_path, message, size);
  if (torch == nullptr)
    return 1;
  // Before libtorch 2.9 the constructor had no argument, and ignores the one it is given.
  loaded = find(torch, torch_path, graph_make, {"_ZN2at4cuda9CUDAGraphC1Eb", "_ZN2at4cuda9CUDAGraphC1Ev"}, message, size)
      && find(torch, torch_path, graph_unmake, {"_ZN2at4cuda9CUDAGraphD1Ev"}, message, size)
      && find(torch, torch_path, graph_begin, {"_ZN2at4cuda9CUDAGraph13capture_beginESt4pairIyyE21cudaStreamCaptureMode"}, message, size)
      && find(torch, torch_path, graph_end, {"_ZN2at4cuda9CUDAGraph11capture_endEv"}, message, size)
      && find(torch, torch_path, graph_replay, {"_ZN2at4cuda9CUDAGraph6replayEv"}, message, size)
      && find(torch, torch_path, graph_reset, {"_ZN2at4cuda9CUDAGraph5resetEv"}, message, size)
      && find(c10, c10_path, stream_pool, {"_ZN3c104cuda17getStreamFromPoolEba"}, message, size)
      && find(c10, c10_path, stream_current, {"_ZN3c104cuda20getCurrentCUDAStreamEa"}, message, size)
      && find(c10, c10_path, stream_set, {"_ZN3c104cuda20setCurrentCUDAStreamENS0_10CUDAStreamE"}, message, size);
  return loaded ? 0 : 1;
}

int fada_graph_create(void** graph, char* message, int size) {
  *graph = nullptr;
  void* memory = std::aligned_alloc(GraphAlignment, GraphSize);
  if (memory == nullptr)
    return fail("out of memory", message, size);
  std::memset(memory, 0, GraphSize);
  int answer = guarded(message, size, [&] { graph_make(memory, false); });
  if (answer == 0)
    *graph = memory;
  else
    std::free(memory);
  return answer;
}

int fada_graph_destroy(void* graph, char* message, int size) {
  int answer = guarded(message, size, [&] { graph_unmake(graph); });
  // What a destructor left half done is not to be touched again: its memory stays.
  if (answer == 0)
    std::free(graph);
  return answer;
}

int fada_graph_capture_begin(void* graph, char* message, int size) {
  // {0, 0}: a memory pool of its own.
  return guarded(message, size, [&] { graph_begin(graph, PoolId{0, 0}, ThreadLocal); });
}

int fada_graph_capture_end(void* graph, char* message, int size) {
  return guarded(message, size, [&] { graph_end(graph); });
}

int fada_graph_replay(void* graph, char* message, int size) {
  return guarded(message, size, [&] { graph_replay(graph); });
}

int fada_graph_reset(void* graph, char* message, int size) {
  return guarded(message, size, [&] { graph_reset(graph); });
}

int fada_stream_from_pool(int device, Stream* stream, char* message, int size) {
  return guarded(message, size, [&] { *stream = stream_pool(false, static_cast<int8_t>(device)); });
}

int fada_stream_current(int device, Stream* stream, char* message, int size) {
  return guarded(message, size, [&] { *stream = stream_current(static_cast<int8_t>(device)); });
}

int fada_stream_set(Stream stream, char* message, int size) {
  return guarded(message, size, [&] { stream_set(stream); });
}

}  // extern "C"
