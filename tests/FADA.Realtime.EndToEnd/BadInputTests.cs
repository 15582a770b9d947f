using FADA.Realtime.Client;
using FADA.Realtime.EndToEnd.Hosting;
using FADA.Realtime.Faces.Images;
using Grpc.Core;

namespace FADA.Realtime.EndToEnd;

/// <summary>Bad input over gRPC: a status with a reason for programs and a sentence for people, and the server lives on.</summary>
public sealed class BadInputTests
{
    [Fact]
    public async Task AvatarService_WithBadPictures_AnswersTheReasonAndLivesOn()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        var folder = Directory.CreateTempSubdirectory("fada-e2e-");
        try
        {
            await using var server = await FadaServerProcess.StartAsync("--avatars", folder.FullName);
            using var client = new FadaClient(server.Grpc);
            var portrait = await new HttpClient { BaseAddress = server.Page }.GetByteArrayAsync("/api/avatars/default/portrait", timeout.Token);

            await RefusedAsync(client, "NO_FACE", Png(folder, Gradient(400, 400)), timeout.Token);
            await RefusedAsync(client, "SEVERAL_FACES", Png(folder, Beside(PortraitImage.Decode(portrait))), timeout.Token);
            await RefusedAsync(client, "IMAGE_TOO_LARGE", Png(folder, Gradient(20_000, 20)), timeout.Token);
            await RefusedAsync(client, "IMAGE_UNREADABLE", "plain text"u8.ToArray(), timeout.Token);

            var added = await client.CreateAvatarAsync(portrait, "good", "synthetic", timeout.Token);
            Assert.Equal("good", added.Name);
            var names = (await client.ListAvatarsAsync(timeout.Token)).Select(a => a.Name).ToList();
            Assert.Equal("default", names[0]);
            Assert.Single(names, "good");
            Assert.DoesNotContain("bad", names);
            Assert.True(server.IsRunning, server.Log);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task RefusedAsync(FadaClient client, string reason, byte[] picture, CancellationToken cancellation)
    {
        var refusal = await Assert.ThrowsAsync<FadaClientException>(() => client.CreateAvatarAsync(picture, "bad", "synthetic", cancellation));

        Assert.Equal(StatusCode.InvalidArgument, refusal.Code);
        Assert.Equal(reason, refusal.Reason);
        Assert.InRange(refusal.Message.Length, 10, 300);
        Assert.DoesNotContain("Exception", refusal.Message, StringComparison.Ordinal);
    }

    private static RgbImage Gradient(int width, int height)
    {
        var image = new RgbImage(width, height);
        for (var i = 0; i < image.Data.Length; i++)
            image.Data[i] = (byte)(80 + i / 3 % width * 90 / width);
        return image;
    }

    private static RgbImage Beside(RgbImage one)
    {
        var two = new RgbImage(one.Width * 2, one.Height);
        for (var y = 0; y < one.Height; y++)
            for (var half = 0; half < 2; half++)
                one.Data.AsSpan(y * one.Width * 3, one.Width * 3).CopyTo(two.Data.AsSpan((y * two.Width + half * one.Width) * 3));
        return two;
    }

    private static byte[] Png(DirectoryInfo folder, RgbImage image)
    {
        var path = Path.Combine(folder.FullName, "..", $"{folder.Name}.png");
        PortraitImage.SavePng(image, path);
        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }
}
