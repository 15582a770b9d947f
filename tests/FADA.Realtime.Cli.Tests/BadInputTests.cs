using System.Net;
using System.Net.Sockets;

namespace FADA.Realtime.Cli.Tests;

/// <summary>What a user gets wrong: one sentence that names it, exit code 1, and nothing left behind.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TestFiles _files = new();

    [Fact]
    public async Task Render_WithoutTheSoundFile_NamesIt()
    {
        var sentence = await FailAsync("render", "--audio", _files.PathOf("nothing.wav"), "--out", _files.PathOf("o.mp4"));

        Assert.Contains("nothing.wav", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_OfAnEmptyWav_SaysThatItIsEmptyAndLeavesNoVideo()
    {
        var sentence = await FailAsync("render", "--audio", _files.Wav("empty.wav", 0), "--out", _files.PathOf("o.mp4"));

        Assert.Contains("empty.wav", sentence, StringComparison.Ordinal);
        Assert.False(File.Exists(_files.PathOf("o.mp4")));
    }

    [Fact]
    public async Task Render_OfATextFileAsSound_NamesIt()
    {
        var sentence = await FailAsync("render", "--audio", _files.Write("text.mp3", "not a sound at all\n"u8.ToArray()), "--out", _files.PathOf("o.mp4"));

        Assert.Contains("text.mp3", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_IntoAFileAsFolder_NamesIt()
    {
        var sound = _files.Wav("a.wav", 0.4);

        var sentence = await FailAsync("render", "--audio", sound, "--out", Path.Combine(sound, "o.mp4"));

        Assert.Contains("a.wav", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_OfAnUnknownAvatar_NamesIt()
    {
        var sentence = await FailAsync("render", "--avatar", "nobody-known", "--audio", _files.Wav("a.wav", 0.4), "--out", _files.PathOf("o.mp4"));

        Assert.Contains("nobody-known", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_WithoutItsModel_NamesTheFile()
    {
        var sentence = await FailAsync("render", "--audio", _files.Wav("a.wav", 0.4), "--out", _files.PathOf("o.mp4"), "--model", _files.PathOf("gone"));

        Assert.Contains("gone", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(5_000)]
    public async Task Serve_WithACorruptModel_DoesNotStart(int bytes)
    {
        var good = await File.ReadAllBytesAsync(Path.Combine(TestFiles.ProductModels, "fada-tiny.safetensors"));
        var model = _files.Write("corrupt.safetensors", good[..bytes]);

        var sentence = await FailAsync("serve", "--port", "0", "--model", model);

        Assert.Contains("corrupt.safetensors", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve --port 0 --device cuda:99")]
    [InlineData("bench model --runs 1 --device cuda:99")]
    public async Task Verb_OnAGpuThatIsNotThere_SaysWhyAndExits1(string arguments)
    {
        var sentence = await FailAsync(arguments.Split(' '));

        Assert.StartsWith("The device cuda:99 cannot be used: ", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_OnAPortInUse_NamesThePort()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        var sentence = await FailAsync("serve", "--port", port);

        Assert.Contains(port, sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AvatarAdd_OfBadPictures_SaysWhatIsWrongWithEach()
    {
        Assert.Contains("face", await AddAsync(_files.Picture("nobody.png", 400, 400)), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("face", await AddAsync(_files.TwoFaces("two.png")), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("20000", (await AddAsync(_files.Picture("huge.png", 20_000, 30))).Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("PNG", await AddAsync(_files.Write("text.png", "no picture\n"u8.ToArray())), StringComparison.Ordinal);
        Assert.Contains("gone.png", await AddAsync(_files.PathOf("gone.png")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_WithoutItsConfiguration_NamesTheFile()
    {
        var sentence = await FailAsync("train", "vae", "--config", _files.PathOf("no.yaml"), "--out", _files.PathOf("run"));

        Assert.Contains("no.yaml", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eval", "--clips")]
    [InlineData("data prepare --out /tmp/fada-none", "--in")]
    public async Task Verb_WithoutItsFolder_NamesIt(string verb, string option)
    {
        var sentence = await FailAsync([.. verb.Split(' '), option, _files.PathOf("no-clips")]);

        Assert.Contains("no-clips", sentence, StringComparison.Ordinal);
    }

    public void Dispose() => _files.Dispose();

    private Task<string> AddAsync(string picture) =>
        FailAsync("avatar", "add", "somebody", picture, "--consent", "synthetic", "--avatars", _files.PathOf("avatars"));

    private static async Task<string> FailAsync(params string[] arguments)
    {
        var result = await FadaProcess.RunAsync(arguments);
        Assert.True(result.ExitCode == 1, $"exit code {result.ExitCode}: {result.Error}");
        Assert.Empty(result.Output);
        return result.OneSentence();
    }
}
