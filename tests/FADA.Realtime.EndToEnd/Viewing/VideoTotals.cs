namespace FADA.Realtime.EndToEnd.Viewing;

/// <summary>The browser's own count of an incoming video at one moment.</summary>
/// <param name="Time">Milliseconds.</param>
/// <param name="FramesDecoded">Since the connection began.</param>
/// <param name="FreezeCount">Freezes since the connection began, as WebRTC statistics define them.</param>
internal sealed record VideoTotals(double Time, long FramesDecoded, long FreezeCount, int FrameWidth, int FrameHeight)
{
    public static Task<VideoTotals> ReadAsync(BrowserPage page) => page.ReadAsync<VideoTotals>(
        """
        (async () => {
          for (const r of (await fada.pc.getStats()).values())
            if (r.type === 'inbound-rtp' && r.kind === 'video')
              return { time: r.timestamp, framesDecoded: r.framesDecoded, freezeCount: r.freezeCount, frameWidth: r.frameWidth, frameHeight: r.frameHeight };
        })()
        """);
}
