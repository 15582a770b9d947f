namespace FADA.Realtime.Streaming.Offline;

/// <summary>
/// Renders speech of any length without a clock, in constant memory. The same animator seed and the same samples give
/// the same frames, however the samples are cut into blocks.
/// </summary>
public static class OfflineRenderer
{
    /// <param name="animator">At the start of its life; it is begun at idle frame 0 and not disposed.</param>
    /// <param name="speech">16 kHz mono in blocks of any size.</param>
    /// <returns>Exactly ceil(samples / 640) frames.</returns>
    public static IAsyncEnumerable<OfflineFrame> RenderAsync(
        IFaceAnimator animator, IAsyncEnumerable<ReadOnlyMemory<short>> speech, CancellationToken cancellation = default) =>
        throw new NotImplementedException();
}
