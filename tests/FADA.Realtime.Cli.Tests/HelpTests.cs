namespace FADA.Realtime.Cli.Tests;

public sealed class HelpTests
{
    [Fact]
    public async Task Help_OfTheRoot_NamesEveryVerb()
    {
        var result = await FadaProcess.RunAsync("--help");

        Assert.Equal(0, result.ExitCode);
        foreach (var verb in new[] { "serve", "test", "render", "avatar", "bench", "eval", "data", "train", "import" })
            Assert.Matches($@"(?m)^  {verb}\b", result.Output);
    }

    [Theory]
    [InlineData("serve", "--port --host --avatars --model --device --max-sessions --drain --create-key --stamp --json")]
    [InlineData("test", "--json")]
    [InlineData("render", "--avatar --audio --out --steps --seed --reference-scale --audio-scale --device --json")]
    [InlineData("avatar", "list add remove")]
    [InlineData("avatar list", "--json")]
    [InlineData("avatar add", "--consent --json")]
    [InlineData("avatar remove", "--json")]
    [InlineData("bench", "latency density model viewers churn")]
    [InlineData("bench latency", "--runs --url --grpc-url --avatar --json")]
    [InlineData("bench density", "--seconds --most --json")]
    [InlineData("bench model", "--size --steps --device --graph --runs --json")]
    [InlineData("bench viewers", "--seconds --most --json")]
    [InlineData("bench churn", "--joins --json")]
    [InlineData("eval", "--clips --html --json")]
    [InlineData("data", "prepare portrait")]
    [InlineData("data portrait", "--in --speakers --name --out --seed --json")]
    [InlineData("data prepare", "--in --out --licence --json")]
    [InlineData("train", "vae audio teacher")]
    [InlineData("train vae", "--config --out --resume --json")]
    [InlineData("train audio", "--config --out --resume --json")]
    [InlineData("train teacher", "--config --out --resume --json")]
    [InlineData("import", "--from --out --json")]
    public async Task Help_OfAVerb_NamesItsOptions(string verb, string names)
    {
        var result = await FadaProcess.RunAsync([.. verb.Split(' '), "--help"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
        foreach (var name in names.Split(' '))
            Assert.Matches($@"(?m)^  {name}\b", result.Output);
    }
}
