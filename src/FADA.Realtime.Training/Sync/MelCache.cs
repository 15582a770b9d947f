using FADA.Realtime.Model.Audio;
using FADA.Realtime.Training.Clips;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Sync;

/// <summary>The mel spectrogram of every clip, cut as the sync expert hears it.</summary>
internal sealed class MelCache : IDisposable
{
    private readonly Dictionary<Clip, Tensor> _mel = [];

    public MelCache(IEnumerable<Clip> clips)
    {
        using var mel = new LogMel();
        using var _ = no_grad();
        foreach (var clip in clips)
            _mel[clip] = Spectrum(mel, clip.Audio, clip.Frames).DetachFromDisposeScope();
    }

    /// <summary>(28, 80): what is heard while five pictures from <paramref name="start"/> on are shown.</summary>
    public Tensor Window(Clip clip, int start) => Cut(_mel[clip], start);

    /// <summary>(4 (frames + 2), 80): one picture more on either side.</summary>
    public static Tensor Spectrum(LogMel mel, ReadOnlySpan<short> speech, int frames)
    {
        using var scope = NewDisposeScope();
        const int Picture = LogMel.Hop * LogMel.FramesPerPicture;
        var samples = new float[(frames + 2) * Picture];
        for (var i = 0; i < Math.Min(speech.Length, samples.Length - Picture); i++)
            samples[Picture + i] = speech[i] / 32768f;
        return mel.ForwardAll(tensor(samples)).MoveToOuterDisposeScope();
    }

    /// <summary>A window of <see cref="Spectrum"/>.</summary>
    public static Tensor Cut(Tensor spectrum, int start) => spectrum.narrow(0, start * LogMel.FramesPerPicture, SyncExpert.MelFrames);

    public void Dispose()
    {
        foreach (var mel in _mel.Values)
            mel.Dispose();
    }
}
