using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace FADA.Realtime.Model.Backend;

/// <summary>
/// One operating-system thread that does what others ask, one after the other, while they wait: the current stream and
/// the state of a capture belong to a thread, and so none of it can leak into anyone else's.
/// </summary>
internal sealed class DeviceThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    public DeviceThread(string name)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Runs a function there; its exception comes out here.</summary>
    /// <exception cref="ObjectDisposedException">The thread has ended.</exception>
    public T Invoke<T>(Func<T> function)
    {
        if (Thread.CurrentThread == _thread)
            return function();
        var answer = default(T);
        ExceptionDispatchInfo? failure = null;
        using var done = new ManualResetEventSlim();
        try
        {
            _work.Add(() =>
            {
                try
                {
                    answer = function();
                }
                catch (Exception e)
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
                done.Set();
            });
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(DeviceThread));
        }
        done.Wait();
        failure?.Throw();
        return answer!;
    }

    /// <summary>Does what was asked before, then ends.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        if (Thread.CurrentThread != _thread)
            _thread.Join();
    }

    private void Run()
    {
        foreach (var action in _work.GetConsumingEnumerable())
            action();
    }
}
