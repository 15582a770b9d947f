using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>Keeps a handle's object alive across several calls on its pointer, also when another thread disposes it.</summary>
internal readonly struct HandleUse : IDisposable
{
    private readonly SafeHandle _handle;

    private HandleUse(SafeHandle handle) => _handle = handle;

    /// <exception cref="ObjectDisposedException">It is disposed already.</exception>
    public static HandleUse Of(SafeHandle handle)
    {
        var added = false;
        handle.DangerousAddRef(ref added);
        return new HandleUse(handle);
    }

    public void Dispose() => _handle.DangerousRelease();
}
