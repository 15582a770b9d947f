namespace FADA.Realtime.Cli.Tests;

public sealed class WrongUseTests
{
    [Theory]
    [InlineData("dance", "'dance'")]
    [InlineData("avatar dance", "'dance'")]
    [InlineData("serve --prot 1", "'--prot'")]
    [InlineData("serve --port 70000", "--port must be between 0 and 65534, not 70000")]
    [InlineData("serve --port many", "--port")]
    [InlineData("serve --create-key a:b", "--create-key must be 1 to 64 letters")]
    [InlineData("render --audio a.wav", "--out")]
    [InlineData("render --audio a.wav --out o.mp4 --steps 0", "--steps must be between 1 and 50, not 0")]
    [InlineData("render --audio a.wav --out o.mp4 --audio-scale -1", "--audio-scale must be between 0 and 10, not -1")]
    [InlineData("render --audio a.wav --out o.mp4 --audio-scale NaN", "--audio-scale must be between 0 and 10, not NaN")]
    [InlineData("train vae --out o", "--config")]
    [InlineData("train everything", "'everything'")]
    [InlineData("bench speed", "'speed'")]
    [InlineData("bench", "see 'fada bench --help'")]
    [InlineData("bench latency --runs 0", "--runs must be between 1 and 10000, not 0")]
    [InlineData("bench latency --url 127.0.0.1:80", "--url must be an address such as http://127.0.0.1:8787")]
    [InlineData("bench model --size huge", "'huge'")]
    [InlineData("bench model --graph maybe", "'maybe'")]
    [InlineData("bench model --device gpu", "--device must be auto, cpu, cuda or cuda:N, not 'gpu'")]
    [InlineData("serve --device cuda:x", "--device must be auto, cpu, cuda or cuda:N, not 'cuda:x'")]
    [InlineData("bench churn --joins 0", "--joins must be between 1 and 100000, not 0")]
    [InlineData("import hallo --from x", "--out")]
    [InlineData("import sora --from x --out y", "'sora'")]
    [InlineData("data", "see 'fada data --help'")]
    [InlineData("", "see 'fada --help'")]
    public async Task Fada_WithWrongArguments_SaysOneSentenceAndExits2(string arguments, string expected)
    {
        var result = await FadaProcess.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains(expected, result.OneSentence(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bench soak")]
    public async Task Fada_WithAVerbThatIsToCome_SaysSoAndExits1(string arguments)
    {
        var result = await FadaProcess.RunAsync(arguments.Split(' '));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("not built yet", result.OneSentence(), StringComparison.Ordinal);
    }
}
