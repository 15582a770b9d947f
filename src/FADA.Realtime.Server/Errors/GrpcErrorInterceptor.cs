using FADA.Realtime.Server.Auditing;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Server.Errors;

/// <summary>Tells every error of a gRPC call as a google.rpc.Status.</summary>
internal sealed partial class GrpcErrorInterceptor(Audit audit, ILogger<GrpcErrorInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw Tell(e, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw Tell(e, context);
        }
    }

    private RpcException Tell(Exception exception, ServerCallContext context)
    {
        var error = ErrorMapper.Map(exception);
        if (error.Code == Google.Rpc.Code.Internal)
            LogInternal(exception, context.Method);
        else
            LogRefused(context.Method, error.Reason, error.Message);
        audit.Refused(context.GetHttpContext(), error);
        return ErrorMapper.ToRpc(error);
    }

    [LoggerMessage(100, LogLevel.Error, "{Method} failed")]
    private partial void LogInternal(Exception exception, string method);

    [LoggerMessage(101, LogLevel.Information, "{Method} refused: {Reason}, {Message}")]
    private partial void LogRefused(string method, string reason, string message);
}
