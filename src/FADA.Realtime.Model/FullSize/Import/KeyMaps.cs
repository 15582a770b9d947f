namespace FADA.Realtime.Model.FullSize.Import;

/// <summary>Every difference between the names in published files and those of the networks here. Null: not needed.</summary>
internal static class KeyMaps
{
    // Diffusers renamed the attention of its autoencoders; the published file is older.
    private static readonly (string Old, string New)[] VaeAttention =
    [
        (".query.", ".to_q."), (".key.", ".to_k."), (".value.", ".to_v."), (".proj_attn.", ".to_out.0."),
    ];

    /// <summary>Puts a network's file under its name.</summary>
    public static Func<string, string?> Under(string prefix) => name => $"{prefix}.{Plain(name)}";

    /// <summary>Weights saved from a data-parallel wrapper have this in front of every name.</summary>
    public static string? Plain(string name) => Without(name, "module.");

    public static string? Vae(string name)
    {
        var plain = Without(name, "module.");
        return plain.Contains(".attentions.", StringComparison.Ordinal)
            ? VaeAttention.Aggregate(plain, (n, p) => n.Replace(p.Old, p.New, StringComparison.Ordinal))
            : plain;
    }

    /// <summary>wav2vec2: the speech-recognition head is left out; newer PyTorch names weight norm by its parametrization.</summary>
    public static string? Speech(string name) => name.StartsWith("lm_head.", StringComparison.Ordinal) ? null
        : Without(name, "wav2vec2.").Replace("parametrizations.weight.original0", "weight_g", StringComparison.Ordinal)
            .Replace("parametrizations.weight.original1", "weight_v", StringComparison.Ordinal);

    private static string Without(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
}
