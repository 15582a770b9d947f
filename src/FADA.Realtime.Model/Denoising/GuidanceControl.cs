using System.Text.Json.Serialization;

namespace FADA.Realtime.Model.Denoising;

/// <summary>How a denoiser is told the guidance scales that its one run stands for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GuidanceControl>))]
public enum GuidanceControl
{
    /// <summary>Not at all: guidance takes a run per condition.</summary>
    None,

    /// <summary>Learnable condition tokens, mixed like the predictions (FADA).</summary>
    Tokens,

    /// <summary>A vector beside the time step's (Meng et al. 2023, "w-embedding"): the control experiment.</summary>
    Embedding,
}
