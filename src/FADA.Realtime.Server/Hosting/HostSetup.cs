using System.Net;
using System.Text.Json.Serialization;
using FADA.Realtime.Server.Auditing;
using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Avatars;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Conversation;
using FADA.Realtime.Server.Draining;
using FADA.Realtime.Server.Errors;
using FADA.Realtime.Server.Limits;
using FADA.Realtime.Server.Recording;
using FADA.Realtime.Server.Sessions;
using FADA.Realtime.Server.Speech;
using FADA.Realtime.Server.Telemetry;
using FADA.Realtime.Server.WebRtc;
using FADA.Realtime.Streaming.Animation;
using FADA.Realtime.Streaming.Inference;
using FADA.Realtime.Streaming.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace FADA.Realtime.Server.Hosting;

/// <summary>Joins the server's parts.</summary>
internal static class HostSetup
{
    private const string Ready = "ready";

    public static void Services(WebApplicationBuilder builder, FadaServerOptions options, IAvatarCatalog catalog)
    {
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));

        var services = builder.Services;
        services.AddRoutingCore();
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(catalog);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout + SessionDrain.CloseTimeout);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull);

        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);

        builder.AddTelemetry();
        services.AddSingleton<StreamingMetrics>();
        services.AddSingleton(provider => new InferenceExecutor(
            new InferenceOptions { Device = options.Device, MaxLanes = options.MaxSessions },
            provider.GetRequiredService<StreamingMetrics>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SessionEngine>();
        services.AddSingleton<SessionRegistry>();
        services.AddHostedService<SessionKeeper>();
        services.AddHostedService<SessionDrain>();
        services.AddSingleton<ConverseService>();
        services.AddSingleton<TextSpeech>();
        services.AddSingleton<UploadedSpeech>();
        services.AddSingleton<SampleLibrary>();
        services.AddHostedService(provider => provider.GetRequiredService<SampleLibrary>());

        services.AddSingleton<Audit>();
        services.AddDoors();
        services.AddRateLimits(options.Limits);
        var rpc = services.AddGrpc(grpc =>
        {
            grpc.Interceptors.Add<GrpcErrorInterceptor>();
            // Its catch-all would answer for pages too; a gRPC client takes a bare 404 as UNIMPLEMENTED.
            grpc.IgnoreUnknownServices = true;
            // The portrait and the few fields around it.
            grpc.MaxReceiveMessageSize = (int)Math.Min(options.MaxPortraitBytes + (64 << 10), int.MaxValue);
        });
        // The largest chunk of audio, and what is around it.
        rpc.AddServiceOptions<SessionRpc>(grpc => grpc.MaxReceiveMessageSize = (1 << 20) + (64 << 10));
        services.AddGrpcReflection();
        services.AddHealthChecks().AddCheck<MediaHealth>("media", tags: [Ready]).AddCheck<DrainHealth>("drain", tags: [Ready]);
        services.AddGrpcHealthChecks(grpc => grpc.Services.Map("", check => check.Name == "drain"));
    }

    public static void Routes(WebApplication app)
    {
        app.UseMiddleware<OpenCors>();
        app.UseMiddleware<HttpErrorMiddleware>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        // After the doors: who is counted is known, and who may not enter is not counted.
        app.UseRateLimiter();
        app.UseMiddleware<BodyLimit>();

        app.MapGrpcService<AvatarRpc>();
        app.MapGrpcService<SessionRpc>();
        app.MapGrpcHealthChecksService();
        // It tells what can be asked; who has a key has the protos.
        if (app.Services.GetRequiredService<FadaServerOptions>().Auth.EffectiveMode == AuthMode.Open)
            app.MapGrpcReflectionService();

        app.MapAvatars();
        app.MapSessions();
        app.MapStyle();
        app.MapSpeech();
        app.MapRecording();
        app.MapWhep();
        app.MapWhip();
        app.MapHealthChecks("/healthz/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/healthz/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous();
        app.MapPrometheusScrapingEndpoint(TelemetrySetup.Path);
        app.MapPage();
        app.StartTelemetry();
    }

    private static void Listen(KestrelServerOptions kestrel, FadaServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MaxPortraitBytes + (64 << 10);
        // A client that vanished in a conversation is noticed within half a minute.
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(20);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
        // Without TLS a browser speaks only HTTP/1.1 and gRPC only HTTP/2 with prior knowledge: one port for each.
        var address = IPAddress.Parse(options.Listen);
        kestrel.Listen(address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        kestrel.Listen(address, options.EffectiveGrpcPort, listen => listen.Protocols = HttpProtocols.Http2);
    }
}
