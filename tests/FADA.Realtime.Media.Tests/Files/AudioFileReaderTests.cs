using System.Runtime.InteropServices;
using FADA.Realtime.Media.Files;
using FADA.Realtime.Media.Tests.Support;

namespace FADA.Realtime.Media.Tests.Files;

public sealed class AudioFileReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_StereoAt44100_GivesMonoAt16000()
    {
        var path = Tone("tone.wav", 44_100, 3);

        var (sound, blocks) = await ReadAsync(path, 4000);

        Assert.InRange(sound.Length, 48_000 - 20, 48_000 + 20);
        Assert.InRange(TestSounds.Amplitude(sound.AsSpan(8000, 16_000), 1000, 16_000), 7800, 8200);
        Assert.All(blocks.SkipLast(1), length => Assert.Equal(4000, length));
        Assert.InRange(blocks[^1], 1, 4000);
    }

    [Fact]
    public async Task ReadAsync_EightBitStereoAt8000_Works()
    {
        var data = new byte[8_000 * 2 * 2];
        for (var i = 0; i < 16_000; i++)
            data[2 * i] = data[2 * i + 1] = (byte)(128 + 60 * Math.Sin(2 * Math.PI * 500 * i / 8000));
        TempFolder.WriteWave(_folder.File("old.wav"), 8_000, 2, 8, data);

        var (sound, _) = await ReadAsync(_folder.File("old.wav"));

        Assert.InRange(sound.Length, 32_000 - 20, 32_000 + 20);
        Assert.InRange(TestSounds.Amplitude(sound.AsSpan(8000, 16_000), 500, 16_000), 60 * 256 * 0.95, 60 * 256 * 1.05);
    }

    [Fact]
    public async Task ReadAsync_TruncatedMp3_GivesWhatIsThere()
    {
        var whole = _folder.File("whole.mp3");
        TempFolder.Run("ffmpeg", "-v", "error", "-i", Tone("tone.wav", 44_100, 4), whole);
        var bytes = await File.ReadAllBytesAsync(whole);
        await File.WriteAllBytesAsync(_folder.File("cut.mp3"), bytes[..(bytes.Length / 2)]);

        var (sound, _) = await ReadAsync(_folder.File("cut.mp3"));

        Assert.InRange(sound.Length, 16_000 * 3 / 2, 16_000 * 5 / 2);
        Assert.InRange(TestSounds.Amplitude(sound.AsSpan(4000, 16_000), 1000, 16_000), 7500, 8500);
    }

    [Fact]
    public async Task ReadAsync_NoSuchFile_SaysSo() => await FailsAsync("nowhere.wav", null, AudioFileError.NotFound);

    [Fact]
    public async Task ReadAsync_FileOfNoBytes_IsEmpty() => await FailsAsync("nothing.wav", [], AudioFileError.Empty);

    [Fact]
    public async Task ReadAsync_TextNamedWav_IsNoAudio() =>
        await FailsAsync("poem.wav", "Tyger Tyger, burning bright,\nIn the forests of the night;\n"u8.ToArray(), AudioFileError.NotAudio);

    [Fact]
    public async Task ReadAsync_PlaylistToAnotherFile_IsNoAudio()
    {
        Tone("secret.wav", 16_000, 1);
        await FailsAsync("list.wav", "#EXTM3U\n#EXTINF:1,\nsecret.wav\n#EXT-X-ENDLIST\n"u8.ToArray(), AudioFileError.NotAudio);
        await FailsAsync("list.txt", "ffconcat version 1.0\nfile secret.wav\n"u8.ToArray(), AudioFileError.NotAudio);
    }

    [Fact]
    public async Task ReadAsync_WaveWithoutSamples_IsEmpty()
    {
        TempFolder.WriteWave(_folder.File("silent.wav"), 16_000, 1, 16, []);
        var error = await Assert.ThrowsAsync<AudioFileException>(() => ReadAsync(_folder.File("silent.wav")));
        Assert.Equal(AudioFileError.Empty, error.Error);
    }

    [Fact]
    public async Task ReadAsync_NoiseNamedMp3_FailsInOneSentence()
    {
        var noise = new byte[20_000];
        new Random(3).NextBytes(noise);
        await File.WriteAllBytesAsync(_folder.File("noise.mp3"), noise);

        var error = await Assert.ThrowsAsync<AudioFileException>(() => ReadAsync(_folder.File("noise.mp3")));

        Assert.True(error.Error is AudioFileError.NotAudio or AudioFileError.Damaged);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task ReadAsync_LeftEarly_EndsFfmpeg()
    {
        var path = Tone("long.wav", 16_000, 600);
        await foreach (var block in AudioFileReader.ReadAsync(path, 1000))
        {
            Assert.Equal(1000, block.Length);
            break;
        }

        var mine = Directory.GetDirectories("/proc").Where(IsMyFfmpeg).ToList();
        Assert.Empty(mine);
    }

    private bool IsMyFfmpeg(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Contains(_folder.Path, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private string Tone(string name, int rate, int seconds)
    {
        var mono = TestSounds.Tone(1000, rate, rate * seconds);
        var stereo = new short[mono.Length * 2];
        for (var i = 0; i < mono.Length; i++)
            stereo[2 * i] = stereo[2 * i + 1] = mono[i];
        TempFolder.WriteWave(_folder.File(name), rate, 2, 16, MemoryMarshal.AsBytes(stereo.AsSpan()));
        return _folder.File(name);
    }

    private async Task FailsAsync(string name, byte[]? content, AudioFileError expected)
    {
        if (content is not null)
            await File.WriteAllBytesAsync(_folder.File(name), content);
        var error = await Assert.ThrowsAsync<AudioFileException>(() => ReadAsync(_folder.File(name)));
        Assert.Equal(expected, error.Error);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static async Task<(short[] Sound, List<int> Blocks)> ReadAsync(string path, int blockSamples = 16_000)
    {
        var sound = new List<short>();
        var blocks = new List<int>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await foreach (var block in AudioFileReader.ReadAsync(path, blockSamples, limit.Token))
        {
            sound.AddRange(block.Span);
            blocks.Add(block.Length);
        }
        return ([.. sound], blocks);
    }
}
