namespace FADA.Realtime.Cli.Tests;

/// <summary>What one run of `fada` answered.</summary>
internal sealed record FadaResult(int ExitCode, string Output, string Error)
{
    /// <summary>Checks that stderr is one sentence for a person, with nothing of the program's inside, and returns it.</summary>
    public string OneSentence()
    {
        var line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Internal error", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, 10, 400);
        return line;
    }
}
