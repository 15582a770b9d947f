using System.Buffers.Binary;
using System.Text;

namespace FADA.Realtime.Model.Tests.Checkpoints;

/// <summary>Writes pickles opcode by opcode, as Python's protocol 2 does: honest state dicts and hostile ones.</summary>
internal sealed class PickleBuilder
{
    private readonly MemoryStream _bytes = new();

    public static PickleBuilder Start() => new PickleBuilder().Raw(0x80, 2);

    public PickleBuilder Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public PickleBuilder Op(char opcode) => Raw((byte)opcode);

    public PickleBuilder Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Op('X').UInt32((uint)bytes.Length).Raw(bytes);
    }

    public PickleBuilder Number(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Raw(0x8a, 8).Raw(bytes);
    }

    public PickleBuilder UInt32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Raw(bytes);
    }

    public PickleBuilder Global(string module, string name) => Op('c').Raw(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    public PickleBuilder Tuple(params long[] values)
    {
        Op('(');
        foreach (var value in values)
            Number(value);
        return Op('t');
    }

    /// <summary>torch._utils._rebuild_tensor_v2 of a persistent storage, without hooks.</summary>
    public PickleBuilder Tensor(string storageType, string key, long elements, long offset, long[] shape, long[] strides) =>
        Global("torch._utils", "_rebuild_tensor_v2").Op('(')
            .Op('(').Text("storage").Global("torch", storageType).Text(key).Text("cpu").Number(elements).Op('t').Op('Q')
            .Number(offset).Tuple(shape).Tuple(strides).Raw(0x89)
            .Global("collections", "OrderedDict").Op(')').Op('R')
            .Op('t').Op('R');

    /// <summary>A dict with one entry, whose value the caller writes.</summary>
    public static byte[] One(Action<PickleBuilder> value)
    {
        var builder = Start().Op('}').Text("w");
        value(builder);
        return builder.Op('s').Op('.').ToArray();
    }

    public byte[] ToArray() => _bytes.ToArray();
}
