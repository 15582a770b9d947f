using static TorchSharp.torch;

namespace FADA.Realtime.Model.Weights;

/// <summary>Named tensors in one or several files, whatever the format. Tensors are read one by one, never all at once.</summary>
public interface ICheckpoint : IDisposable
{
    /// <summary>Where the tensors come from, for messages.</summary>
    string Path { get; }

    IReadOnlyCollection<string> Names { get; }

    /// <exception cref="WeightsException">There is no tensor of that name.</exception>
    TensorDescription Describe(string name);

    /// <summary>Writes the tensor's elements, little endian, row-major, in the file's type.</summary>
    /// <exception cref="WeightsException">There is no tensor of that name.</exception>
    void CopyTo(string name, Stream destination);

    /// <summary>A copy of the tensor on the CPU, in the file's type.</summary>
    /// <exception cref="WeightsException">There is no tensor of that name, or it is larger than 2 GB.</exception>
    Tensor Read(string name);
}
