using Google.Rpc;
using Grpc.Core;

namespace FADA.Realtime.Server.Tests.Rpc;

internal static class Refused
{
    /// <summary>Expects a refusal and gives its google.rpc.Status.</summary>
    public static async Task<Google.Rpc.Status> ByAsync(StatusCode code, string reason, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((code, reason), (refused.StatusCode, refused.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason));
        var status = refused.GetRpcStatus()!;
        Assert.Equal("fada.realtime", status.GetDetail<ErrorInfo>()!.Domain);
        Assert.Equal(refused.Status.Detail, status.Message);
        return status;
    }
}
