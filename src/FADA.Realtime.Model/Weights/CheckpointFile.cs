namespace FADA.Realtime.Model.Weights;

/// <summary>Opens a weights file by what is in it, not by its name.</summary>
public static class CheckpointFile
{
    /// <exception cref="WeightsException">The file is missing or of no known format.</exception>
    public static ICheckpoint Open(string path)
    {
        if (!File.Exists(path))
            throw new WeightsException($"The weights file {path} does not exist.");
        Span<byte> first = stackalloc byte[2];
        try
        {
            using var file = File.OpenRead(path);
            file.ReadAtLeast(first, 2, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WeightsException($"The weights file {path} cannot be read: {e.Message}", e);
        }
        return first.SequenceEqual("PK"u8) ? PytorchCheckpoint.Open(path)
            : first.SequenceEqual(new byte[] { 0x80, 0x02 }) && !LooksLikeSafetensors(path)
                ? throw new WeightsException($"{path} is in PyTorch's format from before version 1.6, which is not read; save it again with a newer PyTorch.")
                : SafetensorsFile.Open(path);
    }

    // A header of exactly 640 bytes begins with the same two bytes as an old pickle; the JSON behind it tells.
    private static bool LooksLikeSafetensors(string path)
    {
        using var file = File.OpenRead(path);
        var head = new byte[9];
        return file.ReadAtLeast(head, 9, throwOnEndOfStream: false) == 9 && head[8] == (byte)'{';
    }
}
