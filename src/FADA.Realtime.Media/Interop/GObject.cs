using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>gobject: properties and signals.</summary>
internal static unsafe partial class GObject
{
    [LibraryImport(NativeLibraries.GObject, StringMarshalling = StringMarshalling.Utf8)]
    private static partial void g_object_get_property(nint instance, string name, GValue* value);

    [LibraryImport(NativeLibraries.GObject, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint g_object_class_find_property(nint instanceClass, string name);

    [LibraryImport(NativeLibraries.GObject, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nuint g_signal_connect_data(nint instance, string signal, void* callback, nint data, nint destroy, int flags);

    [LibraryImport(NativeLibraries.GObject)]
    private static partial void g_signal_handler_disconnect(nint instance, nuint handler);

    [LibraryImport(NativeLibraries.GObject, StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint g_signal_lookup(string name, nuint type);

    [LibraryImport(NativeLibraries.GObject)]
    private static partial void g_signal_emitv(GValue* instanceAndArguments, uint signal, uint detail, GValue* result);

    [LibraryImport(NativeLibraries.Gst, StringMarshalling = StringMarshalling.Utf8)]
    private static partial void gst_util_set_object_arg(nint instance, string name, string value);

    /// <summary>Sets a property of any type from its text form.</summary>
    public static void Set(nint instance, string name, string value)
    {
        if (!HasProperty(instance, name))
            throw new MediaException($"This GStreamer has no property '{name}' where it is needed.");
        gst_util_set_object_arg(instance, name, value);
    }

    /// <summary>The property's value; the caller disposes it.</summary>
    public static GValue Get(nint instance, string name)
    {
        var value = default(GValue);
        g_object_get_property(instance, name, &value);
        return value;
    }

    public static int GetEnum(nint instance, string name)
    {
        using var value = Get(instance, name);
        return value.Enum();
    }

    public static bool HasProperty(nint instance, string name) =>
        g_object_class_find_property(*(nint*)instance, name) != 0;

    public static nuint Connect(nint instance, string signal, void* callback, nint data) =>
        g_signal_connect_data(instance, signal, callback, data, 0, 0);

    public static void Disconnect(nint instance, nuint handler) => g_signal_handler_disconnect(instance, handler);

    /// <summary>Emits an action signal without a result; disposes the arguments.</summary>
    public static void Emit(nint instance, string signal, params ReadOnlySpan<GValue> arguments) =>
        Emit(instance, signal, null, arguments);

    /// <summary>Emits an action signal that answers with a boolean; disposes the arguments.</summary>
    public static bool EmitBoolean(nint instance, string signal, params ReadOnlySpan<GValue> arguments)
    {
        using var result = GValue.Of(GType.Boolean);
        Emit(instance, signal, &result, arguments);
        return result.Boolean();
    }

    /// <summary>Emits an action signal that answers with an object, which the caller then owns.</summary>
    public static nint EmitObject(nint instance, string signal, nuint resultType, params ReadOnlySpan<GValue> arguments)
    {
        using var result = GValue.Of(resultType);
        Emit(instance, signal, &result, arguments);
        return result.DuplicateObject();
    }

    private static void Emit(nint instance, string signal, GValue* result, ReadOnlySpan<GValue> arguments)
    {
        var id = g_signal_lookup(signal, GType.Of(instance));
        if (id == 0)
            throw new MediaException($"This GStreamer has no signal '{signal}' where it is needed.");
        var all = stackalloc GValue[arguments.Length + 1];
        all[0] = GValue.FromObject(instance);
        for (var i = 0; i < arguments.Length; i++)
            all[i + 1] = arguments[i];
        g_signal_emitv(all, id, 0, result);
        for (var i = 0; i <= arguments.Length; i++)
            all[i].Dispose();
    }
}
