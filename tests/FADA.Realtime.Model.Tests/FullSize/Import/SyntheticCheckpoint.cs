using System.Buffers.Binary;
using FADA.Realtime.Model.FullSize.EchoMimic;
using FADA.Realtime.Model.FullSize.Hallo;
using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.FullSize.Speech;
using FADA.Realtime.Model.FullSize.Vae;
using FADA.Realtime.Model.Tests.Checkpoints;
using FADA.Realtime.Model.Weights;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize.Import;

/// <summary>
/// Writes checkpoints in the exact key layout and file formats of the published ones, with random half-precision weights
/// and at any width; with errors, on demand.
/// </summary>
internal sealed class SyntheticCheckpoint(string folder)
{
    private const int Chunk = 1 << 20;
    private readonly Random _random = new(3);

    public static HalloConfig SmallHallo { get; } = new()
    {
        BlockChannels = [32, 64, 96, 96],
        ImageWidth = 16,
        FaceEmbedding = 24,
        FaceLocatorChannels = [4, 4, 8, 8],
        AudioWidth = 8,
        AudioTokens = 4,
        AudioHidden = 16,
        SpeechFeatures = 5 * 2 * 16,
    };

    public static EchoMimicConfig SmallEchoMimic { get; } = new() { BlockChannels = [32, 64, 96, 96], AudioWidth = 24, FaceLocatorChannels = [4, 4, 8, 8] };

    public static AutoencoderConfig SmallVae { get; } = new() { BlockChannels = [4, 8, 16, 16], Groups = 4 };

    public static Wav2Vec2Config SmallSpeech { get; } = new() { ConvChannels = 8, Width = 16, Layers = 2, Heads = 2, FeedForwardWidth = 16, PositionKernel = 16, PositionGroups = 4 };

    /// <summary>Names to leave out, in the file's spelling.</summary>
    public ISet<string> Missing { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Names to add or to give another shape.</summary>
    public IReadOnlyDictionary<string, long[]> Changed { get; init; } = new Dictionary<string, long[]>(StringComparer.Ordinal);

    /// <summary>Whether data are zeros that take no space on the disk.</summary>
    public bool IsSparse { get; init; }

    public void WriteHallo(HalloConfig hallo, AutoencoderConfig vae, Wav2Vec2Config speech)
    {
        WriteTorch("hallo/net.pth", Shapes(p => new HalloNet(p, hallo)));
        WriteVae(vae);
        WriteSpeech(speech);
    }

    /// <summary>As published, with the head for speech recognition.</summary>
    public void WriteSpeech(Wav2Vec2Config speech)
    {
        var head = new Dictionary<string, long[]> { ["lm_head.weight"] = [32, speech.Width], ["lm_head.bias"] = [32] };
        WriteSafetensors("wav2vec/wav2vec2-base-960h/model.safetensors", Shapes(p => new Wav2Vec2(p, speech)).ToDictionary(s => $"wav2vec2.{s.Key}", s => s.Value).Concat(head));
        Write("wav2vec/wav2vec2-base-960h/config.json", $$"""
            {"conv_dim": [{{string.Join(", ", speech.ConvKernels.Select(_ => speech.ConvChannels))}}], "hidden_size": {{speech.Width}}, "num_hidden_layers": {{speech.Layers}},
             "num_attention_heads": {{speech.Heads}}, "intermediate_size": {{speech.FeedForwardWidth}}, "num_conv_pos_embeddings": {{speech.PositionKernel}}, "num_conv_pos_embedding_groups": {{speech.PositionGroups}}}
            """);
    }

    public void WriteEchoMimic(EchoMimicConfig echo, AutoencoderConfig vae)
    {
        var denoiser = Shapes(p => new EchoMimicNet(p, echo).Denoiser);
        WriteTorch("denoising_unet.pth", denoiser.Where(s => !s.Key.Contains("motion_modules", StringComparison.Ordinal)));
        WriteTorch("motion_module.pth", denoiser.Where(s => s.Key.Contains("motion_modules", StringComparison.Ordinal)));
        WriteTorch("reference_unet.pth", Shapes(p => new EchoMimicNet(p, echo).Reference));
        WriteTorch("face_locator.pth", Shapes(p => new EchoMimicNet(p, echo).FaceLocator));
        WriteVae(vae);
    }

    // The published autoencoder has diffusers' old names in its attention.
    private void WriteVae(AutoencoderConfig vae)
    {
        static string Old(string name) => !name.Contains("attentions", StringComparison.Ordinal) ? name
            : name.Replace("to_q", "query", StringComparison.Ordinal).Replace("to_k", "key", StringComparison.Ordinal)
                .Replace("to_v", "value", StringComparison.Ordinal).Replace("to_out.0", "proj_attn", StringComparison.Ordinal);
        WriteTorch("sd-vae-ft-mse/diffusion_pytorch_model.bin", Shapes(p => new Autoencoder(p, vae)).ToDictionary(s => Old(s.Key), s => s.Value));
        Write("sd-vae-ft-mse/config.json", $$"""{"block_out_channels": [{{string.Join(", ", vae.BlockChannels)}}], "norm_num_groups": {{vae.Groups}}}""");
    }

    private static Dictionary<string, long[]> Shapes(Func<TensorPlace, nn.Module> create)
    {
        using var network = create(TensorPlace.Meta);
        return StateDictLoader.Tensors(network).ToDictionary(t => t.Key, t => t.Value.shape);
    }

    // Additions go into the first file written.
    private List<KeyValuePair<string, long[]>> Apply(IEnumerable<KeyValuePair<string, long[]>> shapes, string file)
    {
        var known = shapes.Where(s => !Missing.Contains(s.Key)).Select(s => KeyValuePair.Create(s.Key, Changed.GetValueOrDefault(s.Key) ?? s.Value)).ToList();
        var isFirst = file is "hallo/net.pth" or "denoising_unet.pth";
        return isFirst ? [.. known, .. Changed.Where(c => known.TrueForAll(k => k.Key != c.Key))] : known;
    }

    private void WriteTorch(string file, IEnumerable<KeyValuePair<string, long[]>> shapes)
    {
        var tensors = Apply(shapes, file);
        var pickle = PickleBuilder.Start().Op('}').Op('(');
        foreach (var ((name, shape), i) in tensors.Select((t, i) => (t, i)))
            pickle.Text(name).Tensor("HalfStorage", $"{i}", Elements(shape), 0, shape, Strides(shape));
        var bytes = pickle.Op('u').Op('.').ToArray();
        using var output = File.Create(Place(file));
        using var zip = new TorchZip(output);
        zip.Add("net/data.pkl", bytes.Length, s => s.Write(bytes));
        foreach (var ((_, shape), i) in tensors.Select((t, i) => (t, i)))
            zip.Add($"net/data/{i}", Elements(shape) * 2, s => WriteHalves(s, Elements(shape)));
    }

    private void WriteSafetensors(string file, IEnumerable<KeyValuePair<string, long[]>> shapes) =>
        SafetensorsWriter.WriteStreamed(Place(file), Apply(shapes, file).Select(s => (s.Key, new TensorDescription("F16", s.Value), (Action<Stream>)(o => WriteHalves(o, Elements(s.Value))))));

    private void WriteHalves(Stream output, long count)
    {
        if (IsSparse)
        {
            output.SetLength(output.Position + count * 2);
            output.Seek(0, SeekOrigin.End);
            return;
        }
        var buffer = new byte[Math.Min(Chunk, count * 2)];
        for (long done = 0; done < count * 2; done += buffer.Length)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, count * 2 - done));
            for (var i = 0; i < part.Length; i += 2)
                BinaryPrimitives.WriteHalfLittleEndian(part[i..], (Half)((_random.NextSingle() - 0.5f) * 0.2f));
            output.Write(part);
        }
    }

    private string Place(string file)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private void Write(string file, string text) => File.WriteAllText(Place(file), text);

    private static long Elements(long[] shape) => shape.Aggregate(1L, (a, b) => a * b);

    private static long[] Strides(long[] shape) => shape.Select((_, i) => Elements(shape[(i + 1)..])).ToArray();
}
