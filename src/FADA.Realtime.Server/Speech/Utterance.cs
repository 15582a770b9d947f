namespace FADA.Realtime.Server.Speech;

/// <summary>A piece of speech waiting for its turn.</summary>
/// <param name="Speech">16 kHz mono; a block is valid until the next is asked for.</param>
/// <param name="Done">Called once, when it was spoken, cut or dropped.</param>
internal sealed record Utterance(IAsyncEnumerable<ReadOnlyMemory<short>> Speech, Action? Done = null);
