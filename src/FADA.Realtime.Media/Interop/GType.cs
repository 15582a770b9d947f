namespace FADA.Realtime.Media.Interop;

/// <summary>The fundamental GTypes (number shifted by two).</summary>
internal static unsafe class GType
{
    public const nuint Boolean = 5 << 2;
    public const nuint Int = 6 << 2;
    public const nuint UInt = 7 << 2;
    public const nuint Int64 = 10 << 2;
    public const nuint UInt64 = 11 << 2;
    public const nuint Double = 15 << 2;
    public const nuint String = 16 << 2;
    public const nuint Object = 20 << 2;

    /// <summary>The type of a live instance: the first word of its class.</summary>
    public static nuint Of(nint instance) => **(nuint**)instance;
}
