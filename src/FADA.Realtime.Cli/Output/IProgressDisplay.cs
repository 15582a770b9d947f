namespace FADA.Realtime.Cli.Output;

/// <summary>Shows how far long work is. Always on stderr, so that stdout stays the result.</summary>
internal interface IProgressDisplay
{
    /// <summary>Says how far the work is; cheap enough to call per item.</summary>
    /// <param name="done">Items finished.</param>
    /// <param name="total">All items; 0 where nobody knows.</param>
    /// <param name="note">A few words on the present item.</param>
    void Report(long done, long total, string note = "");
}
