using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>Named sets of values, borrowed.</summary>
internal static unsafe partial class GstStructure
{
    [LibraryImport(NativeLibraries.Gst)]
    private static partial nuint gst_structure_get_type();

    [LibraryImport(NativeLibraries.Gst, StringMarshalling = StringMarshalling.Utf8)]
    private static partial GValue* gst_structure_get_value(nint structure, string field);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial int gst_structure_n_fields(nint structure);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial nint gst_structure_nth_field_name(nint structure, uint index);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial nint gst_structure_to_string(nint structure);

    public static nuint Type => gst_structure_get_type();

    /// <summary>The value of a field, or null when there is none.</summary>
    public static GValue* Value(nint structure, string field) =>
        structure == 0 ? null : gst_structure_get_value(structure, field);

    public static bool Has(nint structure, string field) => Value(structure, field) != null;

    /// <summary>A numeric field; 0 when there is none.</summary>
    public static double Number(nint structure, string field)
    {
        var value = Value(structure, field);
        return value == null ? 0 : value->Number();
    }

    /// <summary>The structures held in the fields of a structure.</summary>
    public static List<nint> Children(nint structure)
    {
        var children = new List<nint>();
        var count = structure == 0 ? 0 : gst_structure_n_fields(structure);
        for (var i = 0u; i < count; i++)
        {
            var name = Marshal.PtrToStringUTF8(gst_structure_nth_field_name(structure, i));
            var value = name is null ? null : Value(structure, name);
            if (value != null && value->Type == Type)
                children.Add(value->Boxed());
        }
        return children;
    }

    public static string Describe(nint structure) => GLib.TakeString(gst_structure_to_string(structure)) ?? "";
}
