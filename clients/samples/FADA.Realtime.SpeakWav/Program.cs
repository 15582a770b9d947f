// Speaks a WAV file through a live avatar:
//   dotnet run --project clients/samples/FADA.Realtime.SpeakWav -- hello.wav [http://127.0.0.1:8788] [avatar]
// A server that wants a key gets the one in the environment variable FADA_KEY.
using FADA.Realtime.Client;

if (args.Length is < 1 or > 3 || args[0].StartsWith('-'))
{
    Console.Error.WriteLine("Usage: FADA.Realtime.SpeakWav FILE.wav [GRPC-ADDRESS] [AVATAR]");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

try
{
    var address = new Uri(args.Length > 1 ? args[1] : "http://127.0.0.1:8788");
    using var wav = WavFile.Open(args[0]);
    using var client = new FadaClient(address, key: Environment.GetEnvironmentVariable("FADA_KEY"));
    var session = await client.CreateSessionAsync(args.Length > 2 ? args[2] : null, cancellation: stop.Token);
    // The page listens one port below gRPC unless the server was told otherwise.
    Console.WriteLine($"Watch: http://{address.Host}:{address.Port - 1}/?session={session.Id}#{session.Token}");

    try
    {
        await using var conversation = await client.ConverseAsync(session.Id, wav.SampleRate, stop.Token);
        var speaking = SpeakAsync(conversation, wav, stop.Token);
        await foreach (var e in conversation.ReadEventsAsync(stop.Token))
            Console.WriteLine(e);
        await speaking;
    }
    finally
    {
        await client.CloseSessionAsync(session.Id, CancellationToken.None);
    }

    return 0;
}
catch (Exception e) when (e is FadaClientException or IOException or UnauthorizedAccessException or InvalidDataException or UriFormatException or OperationCanceledException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static async Task SpeakAsync(Conversation conversation, WavFile wav, CancellationToken cancellation)
{
    await conversation.SpeakAsync(wav.ReadAsync(cancellation), cancellation);
    await conversation.EndTurnAsync(cancellation);
    // Closing our side lets the server end the conversation once everything has been spoken.
    await conversation.CompleteAsync();
}
