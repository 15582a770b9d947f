using static TorchSharp.torch;

namespace FADA.Realtime.Model.Backend;

/// <summary>
/// How the networks of one device are run: operator by operator, or as one launch of a graph that was captured before.
/// Safe to call from several threads.
/// </summary>
public interface IGraphBackend : IDisposable
{
    /// <summary>Where weights, inputs and outputs live.</summary>
    Device Device { get; }

    /// <summary>Brings results to the host.</summary>
    IHostTransfer Host { get; }

    /// <summary>What was captured, replayed and run eagerly so far.</summary>
    GraphUse Use { get; }

    /// <summary>Runs <paramref name="body"/> or what it did when it was captured.</summary>
    /// <param name="key">Of the work; the same key always comes with the same work.</param>
    /// <param name="inputs">Everything that differs from run to run, on <see cref="Device"/>.</param>
    /// <param name="body">
    /// Depends on its inputs and on what never changes (weights), and on nothing else; copies nothing between host and
    /// device, and reads no value back. It may be called on another thread, several times, or not at all.
    /// </param>
    /// <returns>The body's results, owned by the caller's dispose scope.</returns>
    IReadOnlyList<Tensor> Run(GraphKey key, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> body);
}
