using FADA.Realtime.Model.Diffusion;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize.Parity;

public class DdimParityTests(ITestOutputHelper output) : ParityTest(output, "07_ddim")
{
    private readonly NoiseSchedule _schedule = new();

    [ParityFact]
    public void Schedule_MatchesTheOriginal()
    {
        var trained = new NoiseSchedule(betas: BetaSchedule.ScaledLinear);

        AssertClose("alphas_cumprod", SignalPower(_schedule), 1e-6);
        AssertClose("train_scaled_linear.alphas_cumprod", SignalPower(trained), 1e-6);
        AssertClose("timesteps_6", tensor(NoiseSchedule.Trailing(6)).to(ScalarType.Float32), 0);
        AssertClose("timesteps_40", tensor(NoiseSchedule.Trailing(40)).to(ScalarType.Float32), 0);
    }

    [ParityFact]
    public void NoiseAndVelocity_MatchTheOriginal()
    {
        var trained = new NoiseSchedule(betas: BetaSchedule.ScaledLinear);
        var (alpha, sigma) = trained.Of(Input("train.timesteps").data<long>().Select(t => (int)t).ToList());

        AssertClose("train_scaled_linear.add_noise", alpha * Input("train.x0") + sigma * Input("train.noise"));
        AssertClose("train_scaled_linear.velocity", Ddim.Velocity(Input("train.x0"), Input("train.noise"), alpha, sigma));
    }

    [ParityFact]
    public void SixSteps_FollowTheOriginal()
    {
        var (x, v) = (Input("latents0"), Input("v"));
        var (trajectory, data) = (new List<Tensor>(), new List<Tensor>());
        foreach (var (t, i) in NoiseSchedule.Trailing(6).Select((t, i) => (t, i)))
        {
            data.Add(Ddim.Data(x, v[i], _schedule.Alpha(t), _schedule.Sigma(t)));
            trajectory.Add(x = Ddim.Step(_schedule, x, v[i], t, NoiseSchedule.Previous(t, 6)));
        }

        AssertClose("trajectory_6", stack(trajectory));
        AssertClose("pred_x0_6", stack(data));
    }

    [ParityFact]
    public void FortySteps_EndWhereTheOriginalDoes()
    {
        var (x, v) = (Input("latents0_40"), Input("v_40"));
        foreach (var (t, i) in NoiseSchedule.Trailing(40).Select((t, i) => (t, i)))
            x = Ddim.Step(_schedule, x, v[i], t, NoiseSchedule.Previous(t, 40));

        AssertClose("final_latents_40", x);
    }

    private static Tensor SignalPower(NoiseSchedule schedule) =>
        tensor(Enumerable.Range(0, NoiseSchedule.Steps).Select(t => schedule.Alpha(t) * schedule.Alpha(t)).ToArray());
}
