using System.Net.Sockets;
using FADA.Realtime.Server.Configuration;
using Microsoft.AspNetCore.Connections;

namespace FADA.Realtime.Server.Hosting;

/// <summary>Why the server could not listen, as one sentence.</summary>
internal static class ListenFailure
{
    public static FadaConfigurationException Explain(FadaServerOptions options, IOException failure)
    {
        if (failure.InnerException is AddressInUseException)
        {
            // Kestrel's sentence names the address; the port is what a person can change.
            var grpc = options.EffectiveGrpcPort;
            var port = failure.Message.Contains($":{grpc}", StringComparison.Ordinal) ? grpc : options.Port;
            return new FadaConfigurationException(
                $"Port {port} on {options.Listen} is already in use; stop the program that uses it or choose another port.", failure);
        }

        var reason = failure.InnerException is SocketException socket ? socket.Message : failure.Message;
        return new FadaConfigurationException($"The server cannot listen on {options.Listen}, ports {options.Port} and {options.EffectiveGrpcPort}: {reason}", failure);
    }
}
