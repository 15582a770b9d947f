using System.Globalization;
using System.Text.Json;
using FADA.Realtime.Model.Audio;
using FADA.Realtime.Model.Weights;
using FADA.Realtime.Training.Clips;
using FADA.Realtime.Training.Evaluation;
using FADA.Realtime.Training.Optimization;
using FADA.Realtime.Training.Runs;
using FADA.Realtime.Training.Speech;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Stages;

/// <summary>
/// The audio encoder learns two things at once: visemes of many synthetic voices (so that it follows voices it never
/// heard) and the lip code of real video (so that it knows how real mouths move).
/// </summary>
public sealed class AudioStage : ITrainingStage
{
    private readonly AudioOptions _options;
    private readonly AudioEncoder _encoder;
    private readonly LogMel _mel = new();
    private readonly ClipStore _clips;
    private readonly SpeechCorpus _speech;

    public AudioStage(AudioOptions options, ClipStore clips, SpeechCorpus speech)
    {
        (_options, _clips, _speech) = (options, clips, speech);
        random.manual_seed(options.Schedule.Seed);
        _encoder = new AudioEncoder(options.Encoder);
        Optimizer = new MasterAdamW(_encoder.named_parameters(), new AdamWOptions());
    }

    public string Name => "audio";
    public MasterAdamW Optimizer { get; }

    public IReadOnlyDictionary<string, float> Step(long step)
    {
        random.manual_seed(_options.Schedule.Seed * 1_000_003L + step);
        var dice = new Random(HashCode.Combine(_options.Schedule.Seed, step));
        var (waves, visemes) = SpeechBatch(dice);
        var (clipWaves, codes) = ClipBatch(dice);
        var length = waves.shape[0];
        var mel = _mel.ForwardAll(AudioAugmentation.Waveform(cat([waves, clipWaves]), dice));    // (B, 300, 80)
        var features = _encoder.call(AudioAugmentation.Mel(mel, dice));                           // (B, 73, W)
        var pictures = features.shape[1];

        var logits = _encoder.Visemes(features[TensorIndex.Slice(0, length)]);
        var viseme = nn.functional.cross_entropy(logits.reshape(-1, _options.Encoder.Visemes), visemes[TensorIndex.Colon, TensorIndex.Slice(0, pictures)].reshape(-1));
        var predicted = _encoder.LipCode(features[TensorIndex.Slice(length)]);                    // (C, 73, 4)
        var target = codes[TensorIndex.Colon, TensorIndex.Slice(0, pictures)];
        var code = nn.functional.smooth_l1_loss(predicted, target);
        var correlation = (1 - Correlation(predicted, target)).mean();
        (viseme * 0.5 + code + correlation * 0.5).backward();
        return new Dictionary<string, float>
        {
            ["viseme"] = viseme.item<float>(),
            ["code"] = code.item<float>(),
            ["correlation"] = correlation.item<float>(),
        };
    }

    public IReadOnlyDictionary<string, float> Sample(long step, string folder)
    {
        _encoder.eval();
        var figures = new Dictionary<string, float>();
        foreach (var (name, clips) in new[] { ("test", _clips.Test), ("unseen", _clips.Unseen) })
        {
            var scores = clips.Select(Score).ToList();
            if (scores.Count == 0)
                continue;
            figures[$"{name}_opening_r"] = scores.Average(s => s.Correlation);
            figures[$"{name}_amplitude"] = scores.Average(s => s.Amplitude);
        }
        _encoder.train();
        return figures;
    }

    public void Export(string path, long step) => SafetensorsWriter.Write(path, Optimizer.Averages(), new Dictionary<string, string>
    {
        ["network"] = nameof(AudioEncoder),
        ["config"] = JsonSerializer.Serialize(_options.Encoder),
        ["step"] = step.ToString(CultureInfo.InvariantCulture),
    });

    public void Dispose()
    {
        Optimizer.Dispose();
        _encoder.Dispose();
        _mel.Dispose();
    }

    /// <summary>Pearson correlation over time, (B, T, K) x (B, T, K) to (B, K).</summary>
    private static Tensor Correlation(Tensor a, Tensor b)
    {
        a = a - a.mean([1], keepdim: true);
        b = b - b.mean([1], keepdim: true);
        return (a * b).sum(1) / (a.square().sum(1) * b.square().sum(1) + 1e-3).sqrt();
    }

    private (float Correlation, float Amplitude) Score(Clip clip)
    {
        using var scope = NewDisposeScope();
        var wave = tensor(clip.Audio).to(ScalarType.Float32) / 32768f;
        var mel = _mel.ForwardAll(nn.functional.pad(wave, [0, 640 * _options.Encoder.LookAhead]));
        var code = _encoder.LipCode(_encoder.call(mel.unsqueeze(0)))[0].select(1, 0).data<float>().ToArray();
        var truth = _clips.LipCodes[clip].Where((_, i) => i % LipCode.Size == 0).ToArray();
        return (Statistics.Correlation(code, truth), Statistics.Deviation(code) / Statistics.Deviation(truth));
    }

    private (Tensor Waves, Tensor Visemes) SpeechBatch(Random dice)
    {
        var waves = new float[_options.SpeechBatch * SpeechCorpus.Samples];
        var visemes = new long[_options.SpeechBatch * SpeechCorpus.Pictures];
        for (var b = 0; b < _options.SpeechBatch; b++)
        {
            var index = dice.Next(_speech.Count);
            var audio = _speech.Audio(index);
            var labels = _speech.Visemes(index);
            for (var i = 0; i < audio.Length; i++)
                waves[b * SpeechCorpus.Samples + i] = audio[i] / 32768f;
            for (var i = 0; i < labels.Length; i++)
                visemes[b * SpeechCorpus.Pictures + i] = labels[i];
        }
        return (tensor(waves, [_options.SpeechBatch, SpeechCorpus.Samples]), tensor(visemes, [_options.SpeechBatch, SpeechCorpus.Pictures]));
    }

    private (Tensor Waves, Tensor Codes) ClipBatch(Random dice)
    {
        const int Pictures = SpeechCorpus.Pictures;
        var waves = new float[_options.ClipBatch * SpeechCorpus.Samples];
        var codes = new float[_options.ClipBatch * Pictures * LipCode.Size];
        for (var b = 0; b < _options.ClipBatch; b++)
        {
            var clip = _clips.Draw(dice, _options.MainShare);
            // Played faster or slower, sound and lips together: another pitch, another vocal tract, another speaker.
            var speed = Math.Exp((dice.NextDouble() * 2 - 1) * _options.SpeedRange);
            var start = dice.Next(Math.Max(1, clip.Frames - (int)(Pictures * speed)));
            Play(clip, start, speed, waves.AsSpan(b * SpeechCorpus.Samples, SpeechCorpus.Samples), codes.AsSpan(b * Pictures * LipCode.Size, Pictures * LipCode.Size));
        }
        return (tensor(waves, [_options.ClipBatch, SpeechCorpus.Samples]), tensor(codes, [_options.ClipBatch, Pictures, LipCode.Size]));
    }

    // Linear interpolation of both tracks; silence and a closed mouth after the clip's end.
    private void Play(Clip clip, int start, double speed, Span<float> wave, Span<float> code)
    {
        for (var n = 0; n < wave.Length; n++)
        {
            var at = start * 640 + n * speed;
            if ((int)at + 1 >= clip.Audio.Length)
                break;
            wave[n] = (float)(clip.Audio[(int)at] + (at - (int)at) * (clip.Audio[(int)at + 1] - clip.Audio[(int)at])) / 32768f;
        }
        var source = _clips.LipCodes[clip];
        for (var f = 0; f < code.Length / LipCode.Size; f++)
        {
            // The middle of a picture stays the middle of a picture.
            var at = Math.Max(0, start + (f + 0.5) * speed - 0.5);
            if ((int)at + 1 >= clip.Frames)
                break;
            for (var k = 0; k < LipCode.Size; k++)
            {
                var (a, c) = (source[(int)at * LipCode.Size + k], source[((int)at + 1) * LipCode.Size + k]);
                code[f * LipCode.Size + k] = (float)(a + (at - (int)at) * (c - a));
            }
        }
    }
}
