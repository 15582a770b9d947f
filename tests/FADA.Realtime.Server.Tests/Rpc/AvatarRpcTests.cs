using FADA.Realtime.Server.Tests.Doubles;
using FADA.Realtime.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;

namespace FADA.Realtime.Server.Tests.Rpc;

public sealed class AvatarRpcTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async Task InitializeAsync() => _server = await RunningServer.StartAsync(o => o.MaxPortraitBytes = 2048);

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task List_OfNewServer_HasDefaultFirst()
    {
        var avatars = await _server.Client.ListAvatarsAsync();

        Assert.Equal("default", avatars[0].Name);
        Assert.Equal("synthetic", avatars[0].Consent);
    }

    [Theory]
    [InlineData("no-face", "NO_FACE")]
    [InlineData("two-faces", "SEVERAL_FACES")]
    [InlineData("text", "IMAGE_UNREADABLE")]
    public async Task Create_UnusablePortrait_NamesReasonAndField(string portrait, string reason)
    {
        var status = await Refused.ByAsync(StatusCode.InvalidArgument, reason, () => CreateAsync("mine", portrait));

        Assert.Equal("portrait", status.GetDetail<BadRequest>()!.FieldViolations[0].Field);
    }

    [Fact]
    public async Task Create_TooManyBytes_IsRefusedAndServerLivesOn()
    {
        await Refused.ByAsync(StatusCode.InvalidArgument, "IMAGE_TOO_LARGE", () => CreateAsync("mine", new string('x', 2049)));

        Assert.Equal("mine", (await CreateAsync("mine", "face")).Name);
    }

    [Fact]
    public async Task Create_NameTaken_IsAlreadyExists() =>
        await Refused.ByAsync(StatusCode.AlreadyExists, "NAME_TAKEN", () => CreateAsync("default", "face"));

    [Fact]
    public async Task Delete_AddedAvatar_IsGone()
    {
        await CreateAsync("gone", "face");
        await _server.Client.DeleteAvatarAsync("gone");

        await Refused.ByAsync(
            StatusCode.NotFound, "AVATAR_NOT_FOUND", async () => await _server.Avatars.GetAsync(new GetAvatarRequest { Name = "gone" }, RunningServer.Call));
    }

    [Fact]
    public async Task Health_OfRunningServer_IsServing()
    {
        var health = await new Health.HealthClient(_server.Channel).CheckAsync(new HealthCheckRequest(), RunningServer.Call);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
    }

    [Fact]
    public async Task Reflection_ListsBothServices()
    {
        using var call = new ServerReflection.ServerReflectionClient(_server.Channel).ServerReflectionInfo(RunningServer.Call);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        Assert.True(await call.ResponseStream.MoveNext(RunningServer.Soon));

        var names = call.ResponseStream.Current.ListServicesResponse.Service.Select(s => s.Name).ToList();

        Assert.Contains("fada.realtime.v1.SessionService", names);
        Assert.Contains("fada.realtime.v1.AvatarService", names);
    }

    private async Task<Avatar> CreateAsync(string name, string portrait) => await _server.Avatars.CreateAsync(
        new CreateAvatarRequest { Name = name, Consent = "test", Portrait = ByteString.CopyFromUtf8(portrait) }, RunningServer.Call);
}
