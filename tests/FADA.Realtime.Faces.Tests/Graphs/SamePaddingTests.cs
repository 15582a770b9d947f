using FADA.Realtime.Faces.Graphs;

namespace FADA.Realtime.Faces.Tests.Graphs;

public class SamePaddingTests
{
    [Theory]
    [InlineData(256, 5, 2, 1, 2)]
    [InlineData(192, 3, 2, 0, 1)]
    [InlineData(7, 3, 2, 1, 1)]
    [InlineData(64, 3, 1, 1, 1)]
    [InlineData(64, 2, 2, 0, 0)]
    public void Of_SizeKernelStride_MatchesTensorFlow(long size, long kernel, long stride, long before, long after) =>
        Assert.Equal((before, after), SamePadding.Of(size, kernel, stride));
}
