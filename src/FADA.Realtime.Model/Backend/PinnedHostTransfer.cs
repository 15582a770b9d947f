using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Backend;

/// <summary>
/// Copies into page-locked buffers that are used again: the device writes them by itself, while a copy into ordinary
/// memory would go through a buffer of the driver, and locking pages takes longer than the copy.
/// </summary>
/// <param name="pin">A page-locked copy of a host tensor.</param>
/// <param name="synchronize">Waits until the device has done all it was told.</param>
/// <param name="log">Told once, where memory cannot be locked.</param>
internal sealed class PinnedHostTransfer(Func<Tensor, Tensor> pin, Action synchronize, Action<string> log) : IHostTransfer
{
    /// <summary>Buffers kept while nobody uses them; windows have eight sizes, and few threads ask at once.</summary>
    private const int Kept = 16;
    private readonly Lock _gate = new();
    private readonly List<Tensor> _free = [];
    private bool _unpinned;
    private bool _disposed;

    public HostCopy ToHost(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var buffer = Rent(tensor.shape, tensor.dtype);
        try
        {
            buffer.copy_(tensor.contiguous(), true);
            synchronize();
        }
        catch
        {
            // The device may still write to it: it goes back to the driver, which waits, and never to another user.
            buffer.Dispose();
            throw;
        }
        return new HostCopy(buffer, () => Return(buffer));
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _free.ForEach(b => b.Dispose());
            _free.Clear();
        }
    }

    private Tensor Rent(long[] shape, ScalarType type)
    {
        lock (_gate)
        {
            var found = _free.FindIndex(b => b.dtype == type && b.shape.AsSpan().SequenceEqual(shape));
            if (found >= 0)
            {
                var buffer = _free[found];
                _free.RemoveAt(found);
                return buffer;
            }
        }

        var plain = empty(shape, type, CPU);
        if (_unpinned)
            return plain.DetachFromDisposeScope();
        try
        {
            return pin(plain).DetachFromDisposeScope();
        }
        catch (Exception e) when (e is System.Runtime.InteropServices.ExternalException or InvalidOperationException or NotSupportedException)
        {
            _unpinned = true;
            log($"Page-locked memory is not to be had, results come back through ordinary memory: {e.Message.Split('\n')[0]}");
            return plain.DetachFromDisposeScope();
        }
    }

    private void Return(Tensor buffer)
    {
        lock (_gate)
        {
            if (!_disposed)
                _free.Add(buffer);
            else
                buffer.Dispose();
            if (_free.Count <= Kept)
                return;
            _free[0].Dispose();
            _free.RemoveAt(0);
        }
    }
}
