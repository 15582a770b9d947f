using FADA.Realtime.Training.Optimization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Tests.Optimization;

public class MasterAdamWTests : TorchTest
{
    [Fact]
    public void Apply_FirstStep_MovesByTheLearningRateAgainstTheGradient()
    {
        // Adam's first step is lr * sign(g) whatever the gradient's size.
        var parameter = new Parameter(tensor(new[] { 1f, -2f }));
        using var optimizer = new MasterAdamW([("p", parameter)], new AdamWOptions());
        (parameter * tensor(new[] { 3f, -0.1f })).sum().backward();

        optimizer.Apply(0.01);

        Assert.Equal(0.99f, parameter[0].item<float>(), 4);
        Assert.Equal(-1.99f, parameter[1].item<float>(), 4);
    }

    [Fact]
    public void Apply_GradientNotFinite_IsSkipped()
    {
        var parameter = new Parameter(tensor(new[] { 1f }));
        using var optimizer = new MasterAdamW([("p", parameter)], new AdamWOptions());
        (parameter * tensor(float.NaN)).sum().backward();

        var norm = optimizer.Apply(0.01);

        Assert.True(float.IsNaN(norm));
        Assert.Equal(0, optimizer.Step);
        Assert.Equal(1f, parameter[0].item<float>());
    }

    [Fact]
    public void Apply_Bf16Parameter_GathersStepsThatBf16CouldNotHold()
    {
        // 256 + 0.1 rounds back to 256 in bf16; the fp32 master must not lose it.
        var parameter = new Parameter(tensor(new[] { 256f }).to(ScalarType.BFloat16));
        using var optimizer = new MasterAdamW([("p", parameter)], new AdamWOptions());
        for (var i = 0; i < 30; i++)
        {
            (-parameter).sum().backward();
            optimizer.Apply(0.1);
        }

        Assert.InRange(parameter.to(ScalarType.Float32).item<float>(), 258, 260);
    }

    [Fact]
    public void Restore_State_GoesOnAsIfNothingHappened()
    {
        float Run(bool interrupted)
        {
            var parameter = new Parameter(tensor(new[] { 5f }));
            var optimizer = new MasterAdamW([("p", parameter)], new AdamWOptions());
            for (var i = 0; i < 10; i++)
            {
                parameter.square().sum().backward();
                optimizer.Apply(0.1);
                if (!interrupted || i != 4)
                    continue;
                var state = optimizer.State("").ToDictionary(s => s.Name, s => s.Tensor.clone());
                parameter = new Parameter(tensor(new[] { 0f }));
                optimizer.Dispose();
                optimizer = new MasterAdamW([("p", parameter)], new AdamWOptions());
                optimizer.Restore(name => state[name], "", 5);
            }
            optimizer.Dispose();
            return parameter.item<float>();
        }

        Assert.Equal(Run(interrupted: false), Run(interrupted: true));
    }
}
