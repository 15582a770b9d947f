using static TorchSharp.torch;

namespace FADA.Realtime.Faces.Graphs;

/// <summary>A compiled node: inputs (NHWC where they are pictures) to one output.</summary>
internal delegate Tensor GraphOperation(ReadOnlySpan<Tensor> inputs);
