using System.Diagnostics;
using System.Text.Json;

namespace FADA.Realtime.Cli.Tests;

public sealed class RenderTests : IDisposable
{
    private static readonly string[] Keys =
    [
        "frames", "fps", "seconds", "width", "height", "steps", "nfe_per_frame", "model", "device", "precision", "threads",
        "wall_s", "realtime_factor", "peak_rss_mib", "frames_sha256",
    ];

    private readonly TestFiles _files = new();

    [Fact]
    public async Task Render_OfTheDefaultAvatar_WritesAVideoWithSoundAndTellsItsFigures()
    {
        var figures = await RenderAsync("out.mp4", "--audio", _files.Wav("a.wav", 1.02));

        Assert.Equal(Keys.Order(), figures.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal(26, figures.GetProperty("frames").GetInt32());
        Assert.Equal(25, figures.GetProperty("fps").GetInt32());
        Assert.Equal(512, figures.GetProperty("width").GetInt32());
        Assert.InRange(figures.GetProperty("peak_rss_mib").GetDouble(), 50, 1500);
        Assert.Equal("video,512,26 audio", await ProbeAsync(_files.PathOf("out.mp4")));
    }

    [Fact]
    public async Task Render_WithTheSameSeed_GivesTheSameFramesAndWithAnotherOneOthers()
    {
        var sound = _files.Wav("a.wav", 0.6);

        var first = await HashAsync("--audio", sound, "--seed", "7");
        var again = await HashAsync("--audio", sound, "--seed", "7");
        var other = await HashAsync("--audio", sound, "--seed", "8");

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task Render_OfAnImageAndOddSound_Works()
    {
        var sound = _files.Wav("old.wav", 0.6, rate: 8000, channels: 2, bits: 8);

        var figures = await RenderAsync("odd.mp4", "--avatar", TestFiles.DefaultPortrait, "--audio", sound);

        Assert.Equal(15, figures.GetProperty("frames").GetInt32());
    }

    [Fact]
    public async Task Render_OfATruncatedMp3_UsesWhatIsThere()
    {
        var whole = _files.PathOf("whole.mp3");
        await ToolAsync("ffmpeg", "-v", "error", "-i", _files.Wav("a.wav", 2), whole);
        var bytes = await File.ReadAllBytesAsync(whole);
        var cut = _files.Write("cut.mp3", bytes[..(bytes.Length / 2 + 13)]);

        var figures = await RenderAsync("cut.mp4", "--audio", cut);

        Assert.InRange(figures.GetProperty("seconds").GetDouble(), 0.6, 1.5);
    }

    public void Dispose() => _files.Dispose();

    private async Task<JsonElement> RenderAsync(string output, params string[] arguments)
    {
        var result = await FadaProcess.RunAsync(["render", .. arguments, "--out", _files.PathOf(output), "--json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private async Task<string> HashAsync(params string[] arguments) =>
        (await RenderAsync("hash.mp4", arguments)).GetProperty("frames_sha256").GetString()!;

    private static async Task<string> ProbeAsync(string video)
    {
        var streams = await ToolAsync("ffprobe", "-v", "error", "-count_frames", "-show_entries", "stream=codec_type,width,nb_read_frames", "-of", "json", video);
        var found = JsonDocument.Parse(streams).RootElement.GetProperty("streams").EnumerateArray().ToList();
        var picture = found.Single(s => s.GetProperty("codec_type").GetString() == "video");
        return $"video,{picture.GetProperty("width")},{picture.GetProperty("nb_read_frames").GetString()}"
            + string.Concat(found.Where(s => s.GetProperty("codec_type").GetString() == "audio").Select(_ => " audio"));
    }

    private static async Task<string> ToolAsync(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true })!;
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var output = await process.StandardOutput.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
