using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.FullSize.Speech;
using FADA.Realtime.Model.FullSize.Vae;
using FADA.Realtime.Model.Weights;

namespace FADA.Realtime.Model.FullSize.Import;

/// <summary>The networks that come from other publications: the autoencoder and the speech encoder.</summary>
internal static class SharedParts
{
    public static (ImportPart Part, AutoencoderConfig Config) Autoencoder(string folder)
    {
        var place = SourceFolder.Model(folder, "sd-vae-ft-mse", "vae", "stable-diffusion-v1-5/vae");
        var (json, full) = (DiffusersFolder.ReadConfig(place), new AutoencoderConfig());
        var config = full with
        {
            BlockChannels = CheckpointShapes.Numbers(json, "block_out_channels", full.BlockChannels),
            Layers = CheckpointShapes.Number(json, "layers_per_block", full.Layers),
            LatentChannels = CheckpointShapes.Number(json, "latent_channels", full.LatentChannels),
            Groups = CheckpointShapes.Number(json, "norm_num_groups", full.Groups),
        };
        return (new ImportPart("vae", new MappedCheckpoint(DiffusersFolder.Open(place), KeyMaps.Vae), new Autoencoder(TensorPlace.Meta, config)), config);
    }

    public static (ImportPart Part, Wav2Vec2Config Config) Speech(string folder)
    {
        var place = SourceFolder.Model(folder, "wav2vec/wav2vec2-base-960h", "wav2vec2-base-960h", "wav2vec2");
        var (json, full) = (DiffusersFolder.ReadConfig(place), new Wav2Vec2Config());
        var config = full with
        {
            ConvChannels = CheckpointShapes.Numbers(json, "conv_dim", [full.ConvChannels])[0],
            Width = CheckpointShapes.Number(json, "hidden_size", full.Width),
            Layers = CheckpointShapes.Number(json, "num_hidden_layers", full.Layers),
            Heads = CheckpointShapes.Number(json, "num_attention_heads", full.Heads),
            FeedForwardWidth = CheckpointShapes.Number(json, "intermediate_size", full.FeedForwardWidth),
            PositionKernel = CheckpointShapes.Number(json, "num_conv_pos_embeddings", full.PositionKernel),
            PositionGroups = CheckpointShapes.Number(json, "num_conv_pos_embedding_groups", full.PositionGroups),
        };
        return (new ImportPart("speech", new MappedCheckpoint(DiffusersFolder.Open(place), KeyMaps.Speech), new Wav2Vec2(TensorPlace.Meta, config))
        {
            Optional = new HashSet<string> { Wav2Vec2.MaskEmbedding },
        }, config);
    }
}
