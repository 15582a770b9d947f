using FADA.Realtime.Media.Encoders;
using FADA.Realtime.Media.WebRtc;

namespace FADA.Realtime.Media.Tests.WebRtc;

public sealed class MediaWarmUpTests
{
    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.H264)]
    public async Task RunAsync_EachCodec_EndsByItself(VideoCodec codec) =>
        await MediaWarmUp.RunAsync(codec, default).WaitAsync(TimeSpan.FromSeconds(20));
}
