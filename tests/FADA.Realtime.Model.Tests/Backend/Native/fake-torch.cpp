// Stands for libtorch_cuda.so and libc10_cuda.so in tests of the shim: the real declarations, so that the compiler itself
// makes the mangled names, and a record of the calls. Written from libtorch's public interface; no code of it is in here.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>

enum cudaStreamCaptureMode { cudaStreamCaptureModeGlobal, cudaStreamCaptureModeThreadLocal, cudaStreamCaptureModeRelaxed };

static std::string record;
static std::string failing;

static void call(const std::string& name, const std::string& about = "") {
  record += name + about + ";";
  if (failing == name)
    throw std::runtime_error(name + " was told to fail");
  if (failing == name + " oddly")
    throw 42;
}

namespace c10 {
struct Device {
  int8_t type;
  int8_t index;
};
struct Stream {
  Device device;
  int64_t id;
};
namespace cuda {
class CUDAStream {
 public:
  Stream stream;
};
static thread_local CUDAStream current{{{1, 0}, 0}};

CUDAStream getStreamFromPool(const bool high, int8_t device) {
  call("pool", high ? " high" : " " + std::to_string(device));
  return CUDAStream{{{1, device}, 0x123456789abcLL}};
}
CUDAStream getCurrentCUDAStream(int8_t device) {
  call("current", " " + std::to_string(device));
  return current;
}
void setCurrentCUDAStream(CUDAStream stream) {
  call("set", " " + std::to_string(stream.stream.device.type) + "/" + std::to_string(stream.stream.device.index) + "/" + std::to_string(stream.stream.id));
  current = stream;
}
}  // namespace cuda
}  // namespace c10

#ifndef WITHOUT_GRAPHS
namespace at {
namespace cuda {
struct CUDAGraph {
  explicit CUDAGraph(bool keep) : magic(77) { call("create", keep ? " keep" : ""); }
  ~CUDAGraph() { record += magic == 77 ? "destroy;" : "destroy of something else;"; magic = 0; }
  void capture_begin(std::pair<unsigned long long, unsigned long long> pool, cudaStreamCaptureMode mode) {
    call("begin", " " + std::to_string(pool.first) + "," + std::to_string(pool.second) + " mode " + std::to_string(mode));
  }
  void capture_end();
  void replay();
  void reset();
  int magic;
};
void CUDAGraph::capture_end() { call("end"); }
void CUDAGraph::replay() { call(magic == 77 ? "replay" : "replay of something else"); }
void CUDAGraph::reset() { call("reset"); }

// Makes the compiler emit the members that are inline.
extern "C" void fake_emit() {
  CUDAGraph graph(false);
  graph.capture_begin({0, 0}, cudaStreamCaptureModeGlobal);
}
}  // namespace cuda
}  // namespace at
#endif

extern "C" const char* fake_record() { return record.c_str(); }
extern "C" void fake_reset(const char* fail) {
  record.clear();
  failing = fail;
}
