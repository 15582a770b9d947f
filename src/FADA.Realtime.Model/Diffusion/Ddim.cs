using FADA.Realtime.Model.Layers;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Diffusion;

/// <summary>The conversions between v, data and noise, and the deterministic DDIM step (Song et al. 2021, eta 0).</summary>
public static class Ddim
{
    /// <summary>v = a e - s x0 (Salimans and Ho 2022, appendix D).</summary>
    public static Tensor Velocity(Tensor data, Tensor noise, Tensor alpha, Tensor sigma) => alpha * noise - sigma * data;

    /// <summary>x0 = a x - s v.</summary>
    public static Tensor Data(Tensor noisy, Tensor velocity, float alpha, float sigma) => noisy.mul(Constants.Of(alpha)) - velocity.mul(Constants.Of(sigma));

    /// <summary>From step t to step s (s &lt; t, -1 for data): x_s = a_s x0 + s_s e with e = a_t v + s_t x.</summary>
    public static Tensor Step(NoiseSchedule schedule, Tensor noisy, Tensor velocity, int t, int s)
    {
        using var scope = NewDisposeScope();
        var data = Data(noisy, velocity, schedule.Alpha(t), schedule.Sigma(t));
        var noise = velocity.mul(Constants.Of(schedule.Alpha(t))) + noisy.mul(Constants.Of(schedule.Sigma(t)));
        return (data.mul(Constants.Of(schedule.Alpha(s))) + noise.mul(Constants.Of(schedule.Sigma(s)))).MoveToOuterDisposeScope();
    }
}
