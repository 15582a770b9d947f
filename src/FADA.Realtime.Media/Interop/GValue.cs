using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>A typed value; owns what it holds until <see cref="Dispose"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe partial struct GValue : IDisposable
{
    private nuint _type;
    private ulong _data0;
    private ulong _data1;

    public readonly nuint Type => _type;

    public static GValue Of(nuint type)
    {
        var value = default(GValue);
        g_value_init(&value, type);
        return value;
    }

    public static GValue FromObject(nint instance)
    {
        var value = Of(GType.Of(instance));
        g_value_set_object(&value, instance);
        return value;
    }

    public static GValue FromUInt(uint number)
    {
        var value = Of(GType.UInt);
        g_value_set_uint(&value, number);
        return value;
    }

    public static GValue FromInt(int number)
    {
        var value = Of(GType.Int);
        g_value_set_int(&value, number);
        return value;
    }

    public static GValue FromString(string text)
    {
        var value = Of(GType.String);
        g_value_set_string(&value, text);
        return value;
    }

    public static GValue FromEnum(nuint type, int number)
    {
        var value = Of(type);
        g_value_set_enum(&value, number);
        return value;
    }

    /// <summary>A boxed value; the box is copied or referenced.</summary>
    public static GValue FromBoxed(nuint type, nint boxed)
    {
        var value = Of(type);
        g_value_set_boxed(&value, boxed);
        return value;
    }

    public readonly int Enum() => Read(&g_value_get_enum);

    public readonly nint Boxed() => Read(&g_value_get_boxed);

    /// <summary>The object with a reference of its own.</summary>
    public readonly nint DuplicateObject() => Read(&g_value_dup_object);

    public readonly bool Boolean() => Read(&g_value_get_boolean) != 0;

    /// <summary>Any number as a double; 0 for what is no number.</summary>
    public readonly double Number() => _type switch
    {
        GType.Int => (int)_data0,
        GType.UInt => (uint)_data0,
        GType.Int64 => (long)_data0,
        GType.UInt64 => _data0,
        GType.Double => BitConverter.UInt64BitsToDouble(_data0),
        _ => 0,
    };

    public void Dispose()
    {
        if (_type == 0)
            return;
        fixed (GValue* self = &this)
            g_value_unset(self);
    }

    private readonly T Read<T>(delegate*<GValue*, T> getter)
    {
        fixed (GValue* self = &this)
            return getter(self);
    }

    [LibraryImport(NativeLibraries.GObject)]
    private static partial GValue* g_value_init(GValue* value, nuint type);

    [LibraryImport(NativeLibraries.GObject)]
    private static partial void g_value_unset(GValue* value);

    [LibraryImport(NativeLibraries.GObject)]
    private static partial void g_value_set_object(GValue* value, nint instance);

    [LibraryImport(NativeLibraries.GObject)]
    private static partial void g_value_set_uint(GValue* value, uint number);

    [LibraryImport(NativeLibraries.GObject)]
    private static partial void g_value_set_int(GValue* value, int number);

    [LibraryImport(NativeLibraries.GObject)]
    private static partial void g_value_set_enum(GValue* value, int number);

    [LibraryImport(NativeLibraries.GObject, StringMarshalling = StringMarshalling.Utf8)]
    private static partial void g_value_set_string(GValue* value, string text);

    [LibraryImport(NativeLibraries.GObject)]
    private static partial void g_value_set_boxed(GValue* value, nint boxed);

    [LibraryImport(NativeLibraries.GObject)]
    private static partial int g_value_get_enum(GValue* value);

    [LibraryImport(NativeLibraries.GObject)]
    private static partial int g_value_get_boolean(GValue* value);

    [LibraryImport(NativeLibraries.GObject)]
    private static partial nint g_value_get_boxed(GValue* value);

    [LibraryImport(NativeLibraries.GObject)]
    private static partial nint g_value_dup_object(GValue* value);
}
