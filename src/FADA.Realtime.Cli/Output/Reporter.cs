namespace FADA.Realtime.Cli.Output;

/// <summary>Reports on the caller's thread and in order, which <see cref="Progress{T}"/> of the framework does not promise.</summary>
internal sealed class Reporter<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
