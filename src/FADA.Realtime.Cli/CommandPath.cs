using System.CommandLine;

namespace FADA.Realtime.Cli;

/// <summary>How a user types a command: "fada avatar list".</summary>
internal static class CommandPath
{
    public static string Of(Symbol command)
    {
        var parent = command.Parents.FirstOrDefault();
        return parent is null ? "fada" : $"{Of(parent)} {command.Name}";
    }
}
