namespace FADA.Realtime.Model.Tests.Checkpoints;

/// <summary>Pickles that must be refused, each wrong in one way.</summary>
internal static class HostilePickles
{
    private static readonly (string Module, string Name)[] Globals =
    [
        ("os", "system"), ("posix", "system"), ("nt", "system"), ("subprocess", "Popen"), ("subprocess", "check_output"),
        ("builtins", "eval"), ("builtins", "exec"), ("builtins", "open"), ("builtins", "getattr"), ("builtins", "__import__"),
        ("builtins", "compile"), ("__builtin__", "eval"), ("__builtin__", "set"), ("runpy", "run_path"), ("importlib", "import_module"),
        ("pickle", "loads"), ("_pickle", "loads"), ("torch", "load"), ("torch.hub", "load"), ("torch.jit", "load"),
        ("torch", "FloatTensor"), ("torch", "float32"), ("torch.storage", "_load_from_bytes"), ("torch._utils", "_rebuild_tensor"),
        ("torch._utils", "_rebuild_device_tensor_from_numpy"), ("numpy.core.multiarray", "_reconstruct"), ("numpy", "dtype"),
        ("shutil", "rmtree"), ("socket", "socket"), ("webbrowser", "open"), ("ctypes", "CDLL"), ("timeit", "timeit"),
        ("collections", "defaultdict"), ("collections.OrderedDict", "fromkeys"), ("torch._utils._rebuild_tensor_v2", "__call__"), ("", ""),
    ];

    // Opcodes that exist in Python's pickles and have no place in a state dict.
    private static readonly byte[] Opcodes =
    [
        (byte)'0', (byte)'1', (byte)'2', (byte)'F', (byte)'I', (byte)'L', (byte)'S', (byte)'T', (byte)'V', (byte)'P', (byte)'g', (byte)'p',
        (byte)'d', (byte)'l', (byte)'i', (byte)'o', (byte)'B', (byte)'C', 0x81, 0x82, 0x83, 0x84, 0x8b, 0x8d, 0x8e, 0x8f, 0x90, 0x91, 0x92, 0x96, 0x97, 0x98, 0xff, 0x00,
    ];

    public static IEnumerable<(string Name, byte[] Pickle)> All() =>
    [
        .. Globals.Select(g => ($"global {g.Module}.{g.Name}", PickleBuilder.One(p => p.Global(g.Module, g.Name).Op(')').Op('R')))),
        .. Opcodes.Select(o => ($"opcode {o:x2}", PickleBuilder.One(p => p.Number(1).Raw(o).Raw((byte)'1', (byte)'\n', (byte)'2', (byte)'\n')))),
        .. Broken(), .. Tensors(),
    ];

    private static IEnumerable<(string, byte[])> Broken()
    {
        yield return ("empty", []);
        yield return ("stop alone", [(byte)'.']);
        yield return ("number alone", PickleBuilder.Start().Number(5).Op('.').ToArray());
        yield return ("empty dict", PickleBuilder.Start().Op('}').Op('.').ToArray());
        yield return ("two values left", PickleBuilder.Start().Op('}').Op('}').Op('.').ToArray());
        yield return ("only numbers", PickleBuilder.One(p => p.Number(3)));
        yield return ("no stop", PickleBuilder.Start().Op('}').ToArray());
        yield return ("stack underflow", PickleBuilder.Start().Op('s').Op('.').ToArray());
        yield return ("tuple underflow", PickleBuilder.Start().Raw(0x87).Op('.').ToArray());
        yield return ("items without mark", PickleBuilder.Start().Op('}').Op('u').Op('.').ToArray());
        yield return ("odd items", PickleBuilder.Start().Op('}').Op('(').Text("a").Op('u').Op('.').ToArray());
        yield return ("append to dict", PickleBuilder.Start().Op('}').Number(1).Op('a').Op('.').ToArray());
        yield return ("item of list", PickleBuilder.Start().Op(']').Text("a").Number(1).Op('s').Op('.').ToArray());
        yield return ("take below mark", PickleBuilder.Start().Op('}').Text("a").Op('(').Number(1).Op('s').Op('.').ToArray());
        yield return ("memo missing", PickleBuilder.One(p => p.Raw((byte)'h', 9)));
        yield return ("long memo missing", PickleBuilder.One(p => p.Op('j').UInt32(uint.MaxValue)));
        yield return ("memo of nothing", PickleBuilder.Start().Raw((byte)'q', 0).Op('.').ToArray());
        yield return ("text of 4 GB", PickleBuilder.One(p => p.Op('X').UInt32(uint.MaxValue)));
        yield return ("text of 2 GB", PickleBuilder.One(p => p.Op('X').UInt32(int.MaxValue)));
        yield return ("text not UTF-8", PickleBuilder.One(p => p.Op('X').UInt32(2).Raw(0xff, 0xfe)));
        yield return ("number of 200 bytes", PickleBuilder.One(p => p.Raw(0x8a, 200).Raw(new byte[200])));
        yield return ("global without end", PickleBuilder.Start().Raw("cos"u8.ToArray()).ToArray());
        yield return ("frame beyond end", PickleBuilder.Start().Raw(0x95, 1, 2, 3).ToArray());
        yield return ("nested deep", PickleBuilder.Start().Raw(Enumerable.Repeat((byte)'(', 5000).ToArray()).Op('.').ToArray());
        yield return ("three million steps", PickleBuilder.Start().Raw(Enumerable.Repeat((byte)'N', 3_000_000).ToArray()).Op('.').ToArray());
        yield return ("larger than 16 MiB", new byte[(16 << 20) + 1]);
        yield return ("call of a text", PickleBuilder.One(p => p.Text("os.system").Op(')').Op('R')));
        yield return ("call without tuple", PickleBuilder.One(p => p.Global("collections", "OrderedDict").Number(1).Op('R')));
        yield return ("storage called", PickleBuilder.One(p => p.Global("torch", "FloatStorage").Op(')').Op('R')));
        yield return ("build on a list", PickleBuilder.One(p => p.Op(']').Op('}').Op('b')));
        yield return ("build with a text", PickleBuilder.One(p => p.Op('}').Text("x").Op('b')));
        yield return ("stack global of numbers", PickleBuilder.One(p => p.Number(1).Number(2).Raw(0x93)));
        yield return ("stack global os.system", PickleBuilder.One(p => p.Text("os").Text("system").Raw(0x93)));
        yield return ("persistent id a text", PickleBuilder.One(p => p.Text("storage").Op('Q')));
        yield return ("persistent id a module", PickleBuilder.One(p => p.Op('(').Text("module").Global("torch", "FloatStorage").Text("0").Text("cpu").Number(4).Op('t').Op('Q')));
        yield return ("storage of negative size", PickleBuilder.One(p => p.Tensor("FloatStorage", "0", -4, 0, [1], [1])));
        yield return ("rebuild without arguments", PickleBuilder.One(p => p.Global("torch._utils", "_rebuild_tensor_v2").Op(')').Op('R')));
        yield return ("parameter of a number", PickleBuilder.One(p => p.Global("torch._utils", "_rebuild_parameter").Tuple(1).Op('R')));
        yield return ("same name twice", PickleBuilder.Start().Op('}').Op('(')
            .Text("w").Tensor("FloatStorage", "0", 4, 0, [4], [1]).Text("w").Tensor("FloatStorage", "0", 4, 0, [4], [1]).Op('u').Op('.').ToArray());
    }

    // The archive around them has one storage "0" of four floats.
    private static IEnumerable<(string, byte[])> Tensors()
    {
        (string, long, long, long[], long[])[] cases =
        [
            ("0", 4, 1, [4], [1]), ("0", 4, 4, [1], [1]), ("0", 4, -1, [4], [1]), ("0", 4, long.MaxValue, [4], [1]),
            ("0", 4, 0, [5], [1]), ("0", 4, 0, [-4], [1]), ("0", 4, 0, [2, 2], [4, 1]), ("0", 4, 0, [4], [2]), ("0", 4, 0, [4], [-1]),
            ("0", 4, 0, [4], [1, 1]), ("0", 4, 0, [2, 2], [1]), ("0", 4, 0, [1L << 40], [0]), ("0", 4, 0, [1L << 32, 1L << 32], [0, 0]),
            ("0", 4, 0, [long.MaxValue, 2], [1, 1]), ("0", 4, 0, [4], [long.MaxValue]), ("0", 4, 0, [5, 1], [0, 1]), ("0", 5, 0, [5], [1]),
            ("0", 1L << 40, 0, [1L << 40], [1]), ("0", long.MaxValue, 0, [4], [1]), ("1", 4, 0, [4], [1]), ("", 4, 0, [4], [1]),
            ("../data/0", 4, 0, [4], [1]), ("0", 4, 0, Enumerable.Repeat(1L, 40).ToArray(), Enumerable.Repeat(1L, 40).ToArray()),
        ];
        foreach (var (key, elements, offset, shape, strides) in cases)
            yield return ($"tensor {key} {elements} {offset} [{string.Join(",", shape.Take(3))}] [{string.Join(",", strides.Take(3))}]",
                PickleBuilder.One(p => p.Tensor("FloatStorage", key, elements, offset, shape, strides)));
        yield return ("tensor of doubles", PickleBuilder.One(p => p.Tensor("DoubleStorage", "0", 4, 0, [4], [1])));
        yield return ("shape of texts", PickleBuilder.One(p => p.Global("torch._utils", "_rebuild_tensor_v2").Op('(')
            .Op('(').Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Number(4).Op('t').Op('Q')
            .Number(0).Op('(').Text("4").Op('t').Tuple(1).Raw(0x89).Op('t').Op('R')));
    }
}
