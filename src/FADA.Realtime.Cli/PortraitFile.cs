using FADA.Realtime.Faces.Images;

namespace FADA.Realtime.Cli;

/// <summary>A picture that the user named.</summary>
internal static class PortraitFile
{
    /// <exception cref="CliException">The file is missing or too large to be a portrait.</exception>
    public static async Task<byte[]> ReadAsync(string path, CancellationToken cancellation)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new CliException($"The picture {path} does not exist.");
        if (file.Length > PortraitImage.MaxBytes)
            throw new CliException($"{path} has {file.Length >> 20} MB; at most {PortraitImage.MaxBytes >> 20} MB are accepted.");
        return await File.ReadAllBytesAsync(path, cancellation);
    }
}
