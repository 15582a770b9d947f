using System.CommandLine;

namespace FADA.Realtime.Cli.Output;

/// <summary>Turns whatever went wrong into one line for a person.</summary>
internal static class ErrorSentence
{
    /// <summary>The first complaint about the command line, and where the help is.</summary>
    public static string ForWrongUse(ParseResult parsed)
    {
        // "Command required" hides the misspelt verb, so the word that nobody knows comes first.
        var complaint = parsed.UnmatchedTokens.Count > 0
            ? $"Unknown {(parsed.UnmatchedTokens[0].StartsWith('-') ? "option" : "word")} '{parsed.UnmatchedTokens[0]}'"
            : OneLine(parsed.Errors[0].Message).TrimEnd('.');
        return $"{complaint}; see '{CommandPath.Of(parsed.CommandResult.Command)} --help'.";
    }

    /// <summary>The message of the exception without its trace; programming errors are named as such.</summary>
    public static string For(Exception exception)
    {
        var e = exception is AggregateException { InnerException: { } inner } ? inner : exception;
        return e switch
        {
            OperationCanceledException => "Stopped before it was done.",
            NullReferenceException or IndexOutOfRangeException or InvalidCastException or KeyNotFoundException
                => $"Internal error ({e.GetType().Name}: {OneLine(e.Message)}); please report it with the command you ran.",
            _ => OneLine(e.Message),
        };
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
