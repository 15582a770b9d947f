using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>
/// The user data of native callbacks: a handle to a managed object. Disposed only when no callback can come any more.
/// </summary>
internal sealed class CallbackTarget : IDisposable
{
    private GCHandle _handle;

    public CallbackTarget(object target) => _handle = GCHandle.Alloc(target);

    public nint Data => GCHandle.ToIntPtr(_handle);

    public static T Get<T>(nint data) where T : class => (T)GCHandle.FromIntPtr(data).Target!;

    public void Dispose()
    {
        if (_handle.IsAllocated)
            _handle.Free();
    }
}
