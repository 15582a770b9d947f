using System.Buffers.Binary;
using System.Text;

namespace FADA.Realtime.Model.Weights.Pickle;

/// <summary>The bytes of a pickle, taken from front to back.</summary>
internal sealed class PickleCode(byte[] code, string path)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private int _at;

    public WeightsException Refuse(string why) => new($"{path} is refused at byte {_at} of its pickle: {why}.");

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > code.Length - _at)
            throw Refuse("it ends too early");
        _at += count;
        return code.AsSpan(_at - count, count);
    }

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>A signed little-endian number of 0 to 8 bytes.</summary>
    public long Long()
    {
        var bytes = Take(Byte());
        if (bytes.Length > 8)
            throw Refuse("a number has more than 64 bits");
        long value = bytes.Length > 0 && (bytes[^1] & 0x80) != 0 ? -1 : 0;
        for (var i = bytes.Length - 1; i >= 0; i--)
            value = value << 8 | bytes[i];
        return value;
    }

    public string Text(int count)
    {
        try
        {
            return StrictUtf8.GetString(Take(count));
        }
        catch (DecoderFallbackException)
        {
            throw Refuse("a text is not UTF-8");
        }
    }

    /// <summary>Text up to a line feed.</summary>
    public string Line()
    {
        var length = Array.IndexOf(code, (byte)'\n', _at) - _at;
        var line = Text(length);
        _at++;
        return line;
    }
}
