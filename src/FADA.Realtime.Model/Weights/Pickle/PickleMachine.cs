namespace FADA.Realtime.Model.Weights.Pickle;

/// <summary>
/// Runs the pickle of a PyTorch state dict on a closed machine: it knows a few opcodes and a few names, calls nothing,
/// and builds only numbers, text, containers and tensor references. Steps, nesting and memo are bounded.
/// </summary>
internal sealed class PickleMachine(byte[] bytes, string path)
{
    private const int MaxSteps = 2_000_000;
    private const int MaxNesting = 64;
    private readonly PickleCode _code = new(bytes, path);
    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = [];
    private readonly Dictionary<int, object?> _memo = [];

    /// <returns>The one value that the pickle leaves.</returns>
    /// <exception cref="WeightsException">The pickle is damaged or asks for what is not allowed.</exception>
    public object? Run()
    {
        for (var steps = 0; steps < MaxSteps; steps++)
        {
            var opcode = (PickleOpcode)_code.Byte();
            if (opcode == PickleOpcode.Stop)
                return _stack.Count == 1 ? _stack[0] : throw _code.Refuse($"it leaves {_stack.Count} values instead of one");
            Step(opcode);
        }
        throw _code.Refuse($"it has more than {MaxSteps} steps");
    }

    private void Step(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto: _code.Byte(); break;
            case PickleOpcode.Frame: _code.Take(8); break;
            case PickleOpcode.Mark: Mark(); break;
            case PickleOpcode.None: _stack.Add(null); break;
            case PickleOpcode.NewTrue: _stack.Add(true); break;
            case PickleOpcode.NewFalse: _stack.Add(false); break;
            case PickleOpcode.BinInt: _stack.Add((long)_code.Int32()); break;
            case PickleOpcode.BinInt1: _stack.Add((long)_code.Byte()); break;
            case PickleOpcode.BinInt2: _stack.Add((long)_code.UInt16()); break;
            case PickleOpcode.Long1: _stack.Add(_code.Long()); break;
            case PickleOpcode.BinFloat: _stack.Add(_code.Double()); break;
            case PickleOpcode.BinUnicode: _stack.Add(_code.Text(_code.Int32())); break;
            case PickleOpcode.ShortBinUnicode or PickleOpcode.ShortBinString: _stack.Add(_code.Text(_code.Byte())); break;
            case PickleOpcode.EmptyList: _stack.Add(new PickleList()); break;
            case PickleOpcode.EmptyDict: _stack.Add(new PickleDictionary()); break;
            case PickleOpcode.EmptyTuple: _stack.Add(new PickleTuple([])); break;
            case PickleOpcode.Tuple1: _stack.Add(new PickleTuple(PopMany(1))); break;
            case PickleOpcode.Tuple2: _stack.Add(new PickleTuple(PopMany(2))); break;
            case PickleOpcode.Tuple3: _stack.Add(new PickleTuple(PopMany(3))); break;
            case PickleOpcode.Tuple: _stack.Add(new PickleTuple(PopToMark())); break;
            case PickleOpcode.Append: Append(PopMany(1)); break;
            case PickleOpcode.Appends: Append(PopToMark()); break;
            case PickleOpcode.SetItem: SetItems(PopMany(2)); break;
            case PickleOpcode.SetItems: SetItems(PopToMark()); break;
            case PickleOpcode.BinPut: _memo[_code.Byte()] = Peek(); break;
            case PickleOpcode.LongBinPut: _memo[_code.Int32()] = Peek(); break;
            case PickleOpcode.Memoize: _memo[_memo.Count] = Peek(); break;
            case PickleOpcode.BinGet: Recall(_code.Byte()); break;
            case PickleOpcode.LongBinGet: Recall(_code.Int32()); break;
            case PickleOpcode.Global: Global(_code.Line(), _code.Line()); break;
            case PickleOpcode.StackGlobal: StackGlobal(PopMany(2)); break;
            case PickleOpcode.BinPersId: _stack.Add(PickleCalls.Storage(PopMany(1)[0], _code)); break;
            case PickleOpcode.Reduce: Reduce(PopMany(2)); break;
            case PickleOpcode.Build: Build(PopMany(1)[0]); break;
            default: throw _code.Refuse($"the opcode 0x{(byte)opcode:x2} is not allowed");
        }
    }

    private object? Peek() => _stack.Count > Floor ? _stack[^1] : throw _code.Refuse("it takes a value that is not there");

    // Values below the innermost mark belong to a container that is still being built.
    private int Floor => _marks.TryPeek(out var mark) ? mark : 0;

    private object?[] PopMany(int count)
    {
        if (_stack.Count - count < Floor)
            throw _code.Refuse("it takes a value that is not there");
        var values = _stack[^count..].ToArray();
        _stack.RemoveRange(_stack.Count - count, count);
        return values;
    }

    private object?[] PopToMark()
    {
        if (!_marks.TryPop(out var mark))
            throw _code.Refuse("a mark is missing");
        var values = _stack[mark..].ToArray();
        _stack.RemoveRange(mark, _stack.Count - mark);
        return values;
    }

    private void Mark()
    {
        if (_marks.Count >= MaxNesting)
            throw _code.Refuse($"it nests deeper than {MaxNesting}");
        _marks.Push(_stack.Count);
    }

    private void Append(object?[] values)
    {
        if (Peek() is not PickleList list)
            throw _code.Refuse("it appends to what is not a list");
        list.AddRange(values);
    }

    private void SetItems(object?[] values)
    {
        if (Peek() is not PickleDictionary dictionary || values.Length % 2 != 0)
            throw _code.Refuse("it sets items of what is not a dictionary");
        for (var i = 0; i < values.Length; i += 2)
            dictionary.Add((values[i], values[i + 1]));
    }

    private void Recall(int index) =>
        _stack.Add(_memo.TryGetValue(index, out var value) ? value : throw _code.Refuse($"the memo has no entry {index}"));

    private void Global(string module, string name) =>
        _stack.Add(PickleGlobal.Find(module, name) ?? throw _code.Refuse($"it names '{module}.{name}', which is not allowed"));

    private void StackGlobal(object?[] pair)
    {
        if (pair is not [string module, string name])
            throw _code.Refuse("a name is not a text");
        Global(module, name);
    }

    private void Reduce(object?[] pair)
    {
        if (pair is not [PickleGlobal function, PickleTuple arguments])
            throw _code.Refuse("it calls what is not a function");
        _stack.Add(PickleCalls.Call(function, arguments, _code));
    }

    // state_dict() hangs its '_metadata' on the OrderedDict as an attribute; nothing here needs it.
    private void Build(object? state)
    {
        if (Peek() is not PickleDictionary || state is not PickleDictionary)
            throw _code.Refuse("it sets attributes of what is not a dictionary");
    }
}
