using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;

namespace FADA.Realtime.Model.Weights;

/// <summary>A file mapped into memory, read-only; every access is checked against its length.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private const int Chunk = 1 << 20;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _base;
    private bool _isDisposed;

    private MappedFile(string path, long length, MemoryMappedFile map, MemoryMappedViewAccessor view)
    {
        (Path, Length, _map, _view) = (path, length, map, view);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref _base);
    }

    public string Path { get; }
    public long Length { get; }

    /// <param name="kind">What the file should be, for the message: "a safetensors file".</param>
    /// <exception cref="WeightsException">The file is missing, unreadable, or shorter than 8 bytes.</exception>
    public static MappedFile Open(string path, string kind)
    {
        var info = new FileInfo(path);
        if (!info.Exists)
            throw new WeightsException($"The weights file {path} does not exist.");
        if (info.Length < 8)
            throw new WeightsException($"{path} is not {kind}: it has only {info.Length} bytes.");
        try
        {
            var map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            try
            {
                return new MappedFile(path, info.Length, map, map.CreateViewAccessor(0, info.Length, MemoryMappedFileAccess.Read));
            }
            catch
            {
                map.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WeightsException($"The weights file {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Bytes of the file; valid until it is disposed.</summary>
    /// <exception cref="WeightsException">They lie outside of the file.</exception>
    public ReadOnlySpan<byte> Bytes(long offset, int count) => _isDisposed ? throw new ObjectDisposedException(Path)
        : offset < 0 || count < 0 || offset > Length - count
            ? throw new WeightsException($"{Path} is damaged: it refers to {count} bytes at {offset}, outside of the file.")
            : new ReadOnlySpan<byte>(_base + offset, count);

    public ushort UInt16(long offset) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(offset, 2));

    public uint UInt32(long offset) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(offset, 4));

    public ulong UInt64(long offset) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(offset, 8));

    public void CopyTo(long offset, long count, Stream destination)
    {
        for (long done = 0; done < count; done += Chunk)
            destination.Write(Bytes(offset + done, (int)Math.Min(Chunk, count - done)));
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
    }
}
