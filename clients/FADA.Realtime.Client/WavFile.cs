using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace FADA.Realtime.Client;

/// <summary>Reads 16-bit PCM WAV files as mono, block by block.</summary>
public sealed class WavFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly int _channels;
    private long _bytesLeft;

    private WavFile(FileStream stream, int sampleRate, int channels, long bytes)
    {
        (_stream, SampleRate, _channels, _bytesLeft) = (stream, sampleRate, channels, bytes);
        Duration = TimeSpan.FromSeconds(bytes / (2.0 * channels * sampleRate));
    }

    public int SampleRate { get; }

    public TimeSpan Duration { get; }

    /// <exception cref="InvalidDataException">Not a 16-bit PCM WAV with sound in it; the message says what is wrong.</exception>
    public static WavFile Open(string path)
    {
        var stream = File.OpenRead(path);
        try
        {
            return Parse(stream, path);
        }
        catch (EndOfStreamException)
        {
            stream.Dispose();
            throw new InvalidDataException($"{path} ends before its sound begins.");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The sound from where reading stands, mixed to mono. A block is valid until the next is asked for.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<short>> ReadAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var bytes = new byte[4096 * 2 * _channels];
        var mono = new short[4096];
        while (_bytesLeft > 0)
        {
            var wanted = (int)Math.Min(bytes.Length, _bytesLeft);
            var got = await _stream.ReadAtLeastAsync(bytes.AsMemory(0, wanted), wanted, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            // A file that is shorter than it says gives what it has.
            _bytesLeft = got < wanted ? 0 : _bytesLeft - got;
            var frames = got / (2 * _channels);
            if (frames > 0)
            {
                Mix(bytes.AsSpan(0, frames * 2 * _channels), mono);
                yield return mono.AsMemory(0, frames);
            }
        }
    }

    public void Dispose() => _stream.Dispose();

    private void Mix(ReadOnlySpan<byte> interleaved, Span<short> mono)
    {
        for (var i = 0; i < interleaved.Length / (2 * _channels); i++)
        {
            var sum = 0;
            for (var c = 0; c < _channels; c++)
                sum += BinaryPrimitives.ReadInt16LittleEndian(interleaved[((i * _channels + c) * 2)..]);
            mono[i] = (short)(sum / _channels);
        }
    }

    private static WavFile Parse(FileStream stream, string path)
    {
        Span<byte> header = stackalloc byte[12];
        stream.ReadExactly(header);
        if (!header.StartsWith("RIFF"u8) || !header[8..].StartsWith("WAVE"u8))
            throw new InvalidDataException($"{path} is not a WAV file.");

        var (rate, channels) = (0, 0);
        Span<byte> chunk = stackalloc byte[8];
        Span<byte> format = stackalloc byte[16];
        while (true)
        {
            stream.ReadExactly(chunk);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            switch (Encoding.ASCII.GetString(chunk[..4]))
            {
                case "fmt " when size >= 16:
                    stream.ReadExactly(format);
                    var (kind, bits) = (BinaryPrimitives.ReadUInt16LittleEndian(format), BinaryPrimitives.ReadUInt16LittleEndian(format[14..]));
                    channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
                    rate = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(format[4..]), int.MaxValue);
                    if (kind is not (1 or 0xFFFE) || bits != 16 || channels is < 1 or > 8 || rate is < 8_000 or > 48_000)
                        throw new InvalidDataException($"{path} is not 16-bit PCM of 8 to 48 kHz ({bits} bits, {rate} Hz, {channels} channels).");
                    stream.Seek(size - 16 + (size & 1), SeekOrigin.Current);
                    break;
                case "data" when rate > 0:
                    var bytes = Math.Min(size, stream.Length - stream.Position) / (2 * channels) * (2 * channels);
                    return bytes > 0 ? new WavFile(stream, rate, channels, bytes) : throw new InvalidDataException($"{path} has no sound in it.");
                default:
                    stream.Seek(size + (size & 1), SeekOrigin.Current);
                    break;
            }
        }
    }
}
