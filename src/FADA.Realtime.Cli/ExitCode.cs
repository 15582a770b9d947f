namespace FADA.Realtime.Cli;

/// <summary>What every verb answers to the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUse = 2;
}
