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

    /// <summary>x0 = a x - s v, for shares of each sample.</summary>
    public static Tensor Data(Tensor noisy, Tensor velocity, Tensor alpha, Tensor sigma) => alpha * noisy - sigma * velocity;

    /// <summary>One deterministic step of samples with steps of their own; shares as of <see cref="NoiseSchedule.Of"/>.</summary>
    public static Tensor Step(Tensor noisy, Tensor velocity, (Tensor Alpha, Tensor Sigma) from, (Tensor Alpha, Tensor Sigma) to)
    {
        using var scope = NewDisposeScope();
        var data = Data(noisy, velocity, from.Alpha, from.Sigma);
        var noise = from.Alpha * velocity + from.Sigma * noisy;
        return (to.Alpha * data + to.Sigma * noise).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The velocity with which one step lands where several landed (progressive distillation, Salimans and Ho 2022):
    /// v = ((a_s a_t + s_s s_t) x_t - x_s) / (a_s s_t - s_s a_t).
    /// </summary>
    public static Tensor VelocityTo(Tensor noisy, Tensor reached, (Tensor Alpha, Tensor Sigma) from, (Tensor Alpha, Tensor Sigma) to)
    {
        using var scope = NewDisposeScope();
        var numerator = (to.Alpha * from.Alpha + to.Sigma * from.Sigma) * noisy - reached;
        return (numerator / (to.Alpha * from.Sigma - to.Sigma * from.Alpha)).MoveToOuterDisposeScope();
    }

    /// <summary>From step t to step s (s &lt; t, -1 for data): x_s = a_s x0 + s_s e with e = a_t v + s_t x.</summary>
    public static Tensor Step(NoiseSchedule schedule, Tensor noisy, Tensor velocity, int t, int s)
    {
        using var scope = NewDisposeScope();
        var data = Data(noisy, velocity, schedule.Alpha(t), schedule.Sigma(t));
        var noise = velocity.mul(Constants.Of(schedule.Alpha(t))) + noisy.mul(Constants.Of(schedule.Sigma(t)));
        return (data.mul(Constants.Of(schedule.Alpha(s))) + noise.mul(Constants.Of(schedule.Sigma(s)))).MoveToOuterDisposeScope();
    }
}
