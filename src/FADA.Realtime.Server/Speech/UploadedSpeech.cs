using System.Runtime.CompilerServices;
using FADA.Realtime.Media.Files;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FADA.Realtime.Server.Speech;

/// <summary>A sound file that a client sent, as speech. It lies in a temporary file until it was spoken.</summary>
internal sealed class UploadedSpeech(FadaServerOptions options)
{
    /// <exception cref="FadaException">BODY_TOO_LARGE.</exception>
    /// <exception cref="AudioFileException">Nothing of it can be decoded.</exception>
    public async Task<Utterance> ReceiveAsync(HttpRequest request, CancellationToken cancellation)
    {
        // Refused before the limit is set: a body over the limit would take the connection, and the answer, with it.
        if (request.ContentLength > options.MaxSpeechBytes)
            throw Refusals.BodyTooLarge(options.MaxSpeechBytes);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = options.MaxSpeechBytes;

        var path = Path.Combine(Path.GetTempPath(), $"fada-speech-{Guid.NewGuid():N}");
        try
        {
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
                await request.Body.CopyToAsync(file, cancellation);

            // The first block is decoded before the answer, so that a bad file is told to whoever sent it.
            var blocks = AudioFileReader.ReadAsync(path).GetAsyncEnumerator(CancellationToken.None);
            try
            {
                await blocks.MoveNextAsync().AsTask().WaitAsync(cancellation);
            }
            catch
            {
                await blocks.DisposeAsync();
                throw;
            }

            return new Utterance(RestAsync(blocks), () => File.Delete(path));
        }
        catch (AudioFileException e)
        {
            File.Delete(path);
            // The file's name is the server's own; the client gave none.
            throw new AudioFileException(e.Error, e.Message.Replace(path, "The sound", StringComparison.Ordinal));
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<short>> RestAsync(
        IAsyncEnumerator<ReadOnlyMemory<short>> blocks, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using (blocks)
        {
            do
            {
                cancellation.ThrowIfCancellationRequested();
                yield return blocks.Current;
            }
            while (await blocks.MoveNextAsync());
        }
    }
}
