using FADA.Realtime.Server.Errors;
using FADA.Realtime.Streaming.Animation;
using FADA.Realtime.V1;

namespace FADA.Realtime.Server.Conversation;

/// <summary>A client's wish for how the face should speak, from either door: the one place that checks it.</summary>
internal static class StyleReader
{
    /// <exception cref="FadaException">STYLE_OUT_OF_RANGE.</exception>
    public static AnimatorOptions Read(Style style) => Checked(
        style.HasSteps ? style.Steps : null,
        style.HasReferenceScale ? style.ReferenceScale : null,
        style.HasAudioScale ? style.AudioScale : null,
        "style.steps", "style.reference_scale", "style.audio_scale");

    /// <exception cref="FadaException">STYLE_OUT_OF_RANGE.</exception>
    public static AnimatorOptions Read(StyleChange style) =>
        Checked(style.Steps, style.ReferenceScale, style.AudioScale, "steps", "referenceScale", "audioScale");

    /// <summary>The names are the fields' own at that door: a refusal says which one it means.</summary>
    private static AnimatorOptions Checked(
        int? steps, float? referenceScale, float? audioScale, string stepsName, string referenceName, string audioName)
    {
        if (steps is { } count and (< 1 or > AnimatorOptions.MaxSteps))
            throw OutOfRange(stepsName, count, 1, AnimatorOptions.MaxSteps);
        CheckScale(referenceName, referenceScale);
        CheckScale(audioName, audioScale);
        return new AnimatorOptions { Steps = steps, ReferenceScale = referenceScale, AudioScale = audioScale };
    }

    private static void CheckScale(string field, float? scale)
    {
        // Written so that NaN is refused too.
        if (scale is { } value && !(value >= 0 && value <= AnimatorOptions.MaxScale))
            throw OutOfRange(field, value, 0, AnimatorOptions.MaxScale);
    }

    private static FadaException OutOfRange(string field, float value, float least, float most) =>
        Refusals.Invalid("STYLE_OUT_OF_RANGE", field, FormattableString.Invariant($"{field} is {value}; it must be {least} to {most}."));
}
