using FADA.Realtime.Model.FullSize.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Conditioning;

/// <summary>A window of speech features around each frame as tokens for the audio modules.</summary>
internal sealed class AudioProjection : Module<Tensor, Tensor>
{
    private readonly LinearLayer proj1, proj2, proj3;
    private readonly LayerNormLayer norm;
    private readonly long _tokens;

    /// <param name="input">Features of a whole window: frames x layers x channels.</param>
    public AudioProjection(TensorPlace place, long input, long hidden, long tokens, long width) : base(nameof(AudioProjection))
    {
        _tokens = tokens;
        proj1 = new LinearLayer(place, input, hidden);
        proj2 = new LinearLayer(place, hidden, hidden);
        proj3 = new LinearLayer(place, hidden, tokens * width);
        norm = new LayerNormLayer(place, width);
        RegisterComponents();
    }

    /// <summary>The features of frames -2 to +2 around each frame; beyond the ends the outermost frame repeats.</summary>
    /// <param name="features">(F, layers, C)</param>
    /// <returns>(F, 5, layers, C)</returns>
    public static Tensor Windows(Tensor features)
    {
        using var scope = NewDisposeScope();
        var frames = features.shape[0];
        var index = Enumerable.Range(0, (int)frames).SelectMany(f => Enumerable.Range(f - 2, 5)).Select(i => Math.Clamp(i, 0, frames - 1)).ToArray();
        return features.index_select(0, tensor(index, device: features.device)).unflatten(0, [frames, 5]).MoveToOuterDisposeScope();
    }

    /// <param name="windows">(R, F, 5, layers, C)</param>
    /// <returns>(R, F, T, D)</returns>
    public override Tensor forward(Tensor windows)
    {
        using var scope = NewDisposeScope();
        var x = functional.relu(proj2.call(functional.relu(proj1.call(windows.flatten(2, 4)))));
        return norm.call(proj3.call(x).unflatten(2, [_tokens, -1])).MoveToOuterDisposeScope();
    }
}
