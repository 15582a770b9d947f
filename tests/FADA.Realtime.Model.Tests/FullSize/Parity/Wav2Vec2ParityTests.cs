using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.FullSize.Speech;
using Xunit.Abstractions;

namespace FADA.Realtime.Model.Tests.FullSize.Parity;

public class Wav2Vec2ParityTests(ITestOutputHelper output) : ParityTest(output, "11_wav2vec2")
{
    [ParityFact]
    public void EveryStage_MatchesTheOriginal()
    {
        var config = new Wav2Vec2Config { ConvChannels = 32, Width = 48, Layers = 3, Heads = 4, FeedForwardWidth = 96 };
        var encoder = Load(new Wav2Vec2(TensorPlace.Cpu, config), "wav2vec2.");
        var position = Load(new PositionConvolution(TensorPlace.Cpu, config), "wav2vec2.encoder.pos_conv_embed.");

        var samples = Wav2Vec2.Normalize(Input("waveform"));
        AssertClose("normalized", samples);
        var features = encoder.Features(samples);
        AssertClose("conv_features", features);
        var resampled = Wav2Vec2.Resample(features, 15);
        AssertClose("interpolated", resampled);
        AssertClose("pos_conv_effective_weight", position.EffectiveWeight());
        var states = encoder.HiddenStates(resampled);
        AssertClose("hidden_state_0", states[0]);
        AssertClose("last_hidden_state", states[^1]);
        AssertClose("hidden_states", encoder.Encode(samples, 15));
    }
}
