namespace FADA.Realtime.Cli;

/// <summary>A verb cannot do what was asked; the message is the one sentence the user reads.</summary>
internal sealed class CliException(string sentence, int exitCode = ExitCode.Failed) : Exception(sentence)
{
    public int ExitCode { get; } = exitCode;
}
