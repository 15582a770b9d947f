using FADA.Realtime.Training.Distillation;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Tests.Distillation;

public class LossMixerTests : TorchTest
{
    [Theory]
    [InlineData(1, 1, 0.5)]
    [InlineData(3, 1, 0.75)]
    [InlineData(100, 1, 0.9)]
    [InlineData(1, 100, 0.1)]
    public void Adaptive_Errors_TrustTheTruthWhereTheTeacherIsOff(float teacher, float student, double share) =>
        Assert.Equal(share, LossMixer.Adaptive(tensor([teacher]), tensor([student])).item<float>(), 4);

    [Fact]
    public void Adaptive_NoGradientFlowsThroughIt()
    {
        var student = tensor([2f], requires_grad: true);

        Assert.False(LossMixer.Adaptive(tensor([1f]), student).requires_grad);
    }
}
