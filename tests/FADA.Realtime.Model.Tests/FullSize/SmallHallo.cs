using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.FullSize.Hallo;
using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.Weights;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize;

/// <summary>Hallo at a width that tests can run, with random weights, and something to denoise.</summary>
internal static class SmallHallo
{
    public const int Frames = 2;
    private const int Size = 8;

    public static HalloConfig Config { get; } = new()
    {
        BlockChannels = [32, 32, 64, 64],
        Heads = 4,
        Groups = 8,
        ImageWidth = 8,
        FaceEmbedding = 8,
        FaceLocatorChannels = [4, 4, 4, 4],
        AudioWidth = 8,
        AudioTokens = 2,
        AudioHidden = 8,
        SpeechFeatures = 5 * 2 * 4,
    };

    public static TModule Randomize<TModule>(TModule module)
        where TModule : nn.Module
    {
        using var _ = no_grad();
        foreach (var (name, tensor) in StateDictLoader.Tensors(module))
        {
            using var scope = NewDisposeScope();
            tensor.copy_(name.Contains("norm", StringComparison.Ordinal) && name.EndsWith("weight", StringComparison.Ordinal) ? ones_like(tensor) : randn_like(tensor) * 0.1);
        }
        return module;
    }

    public static UNet Denoiser(HalloConfig? config = null) => Randomize(new UNet(TensorPlace.Cpu, (config ?? Config).Denoiser));

    public static UNet Reference(HalloConfig? config = null) => Randomize(new UNet(TensorPlace.Cpu, (config ?? Config).Reference));

    public static Tensor Noise() => randn([1, 4, Frames, Size, Size]);

    public static HalloCondition Condition()
    {
        List<Tensor> Masks() => Enumerable.Range(0, 4).Select(i => rand(Frames, (Size >> i) * (Size >> i))).ToList();
        return new HalloCondition(randn([3, 4, Size, Size]), randn([2, 4, Config.ImageWidth]), randn([1, 32, Frames, Size, Size]),
            randn([1, Frames, Config.AudioTokens, Config.AudioWidth]), new AudioMasks(Masks(), Masks(), Masks()), MotionScale.One);
    }

    /// <summary>One row that sees everything.</summary>
    public static UNetInput Call(HalloCondition condition, Tensor latents, ReferenceBank? bank) => new()
    {
        Latents = latents,
        Timestep = 500,
        Context = condition.ImageTokens.narrow(0, 1, 1),
        FaceFeatures = condition.FaceFeatures,
        Audio = condition.Audio,
        Masks = condition.Masks,
        Bank = bank,
        RowGroups = [0],
    };
}
