using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>A promise of webrtcbin as a task.</summary>
internal sealed partial class GstPromise : IDisposable
{
    private readonly TaskCompletionSource<bool> _replied = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public unsafe GstPromise()
    {
        Pointer = gst_promise_new_with_change_func(
            &OnChanged, GCHandle.ToIntPtr(GCHandle.Alloc(_replied)), &OnDestroyed);
    }

    public nint Pointer { get; private set; }

    public static nuint Type => gst_promise_get_type();

    /// <summary>The reply, valid until this promise is disposed; 0 for an empty one.</summary>
    /// <exception cref="MediaException">webrtcbin refused, or did not answer in time.</exception>
    public async Task<nint> ReplyAsync(string what, TimeSpan timeout, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            if (!await _replied.Task.WaitAsync(timeout, time, cancel))
                throw new MediaException($"WebRTC gave up on {what}.");
        }
        catch (TimeoutException)
        {
            throw new MediaException($"WebRTC took longer than {timeout.TotalSeconds:0.#} s for {what}.");
        }
        var reply = gst_promise_get_reply(Pointer);
        ThrowOnError(reply, what);
        return reply;
    }

    public void Dispose()
    {
        if (Pointer == 0)
            return;
        GstMiniObject.Unref(Pointer);
        Pointer = 0;
    }

    private static unsafe void ThrowOnError(nint reply, string what)
    {
        var error = GstStructure.Value(reply, "error");
        if (error != null)
            throw new MediaException($"WebRTC refused {what}: {GLib.ErrorMessage(error->Boxed()) ?? "no reason given"}");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnChanged(nint promise, nint data)
    {
        const int Replied = 2;
        var source = (TaskCompletionSource<bool>)GCHandle.FromIntPtr(data).Target!;
        source.TrySetResult(gst_promise_wait(promise) == Replied);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDestroyed(nint data) => GCHandle.FromIntPtr(data).Free();

    [LibraryImport(NativeLibraries.Gst)]
    private static unsafe partial nint gst_promise_new_with_change_func(
        delegate* unmanaged[Cdecl]<nint, nint, void> changed, nint data, delegate* unmanaged[Cdecl]<nint, void> destroy);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial nuint gst_promise_get_type();

    [LibraryImport(NativeLibraries.Gst)]
    private static partial int gst_promise_wait(nint promise);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial nint gst_promise_get_reply(nint promise);
}
