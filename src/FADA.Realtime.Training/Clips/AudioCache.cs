using System.Text.Json;
using FADA.Realtime.Model.Audio;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Weights;
using FADA.Realtime.Training.Speech;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Clips;

/// <summary>Audio features and predicted lip codes of every clip, heard clearly and through augmentation.</summary>
public sealed class AudioCache : IDisposable
{
    private readonly Dictionary<(Clip, int), (Tensor Features, Tensor Code)> _cache = [];

    /// <param name="audio">Weights of the audio stage.</param>
    /// <param name="takes">How often each training clip is heard; the first time clearly.</param>
    /// <param name="window">Features each frame sees.</param>
    public AudioCache(ClipStore clips, string audio, int takes, int window, int seed)
    {
        using var _ = no_grad();
        using var file = SafetensorsFile.Open(audio);
        Config = JsonSerializer.Deserialize<AudioEncoderConfig>(file.Metadata["config"])!;
        Encoder = new AudioEncoder(Config);
        WeightsLoader.Load(Encoder, file, "");
        Encoder.eval();
        using var mel = new LogMel();
        Takes = takes;
        random.manual_seed(seed);
        var dice = new Random(seed);
        foreach (var clip in clips.All)
        {
            for (var take = 0; take < (clip.Split == "train" ? takes : 1); take++)
            {
                using var scope = NewDisposeScope();
                var lead = (window - 1) * 640;
                var wave = nn.functional.pad(tensor(clip.Audio).to(ScalarType.Float32) / 32768f, [lead, 640 * Config.LookAhead]).unsqueeze(0);
                if (take > 0)
                    wave = AudioAugmentation.Waveform(wave, dice);
                var spectrum = mel.ForwardAll(wave);
                if (take > 0)
                    spectrum = AudioAugmentation.Mel(spectrum, dice);
                var features = Encoder.call(spectrum);                                          // (1, T + A - 1, W)
                var code = Encoder.LipCode(features.narrow(1, window - 1, clip.Frames))[0];
                _cache[(clip, take)] = (SpeechFeatures.Window(features, window)[0].clone().DetachFromDisposeScope(), code.clone().DetachFromDisposeScope());
            }
        }
    }

    public AudioEncoderConfig Config { get; }
    public AudioEncoder Encoder { get; }
    public int Takes { get; }

    /// <summary>(frames, A, W) and (frames, 4).</summary>
    public (Tensor Features, Tensor Code) Of(Clip clip, int take) => _cache[(clip, take)];

    public void Dispose()
    {
        foreach (var (features, code) in _cache.Values)
        {
            features.Dispose();
            code.Dispose();
        }
        Encoder.Dispose();
    }
}
