using FADA.Realtime.Server.Errors;
using FADA.Realtime.Streaming.Animation;
using FADA.Realtime.V1;

namespace FADA.Realtime.Server.Conversation;

/// <summary>A client's wish for how the face should speak.</summary>
internal static class StyleReader
{
    /// <exception cref="FadaException">STYLE_OUT_OF_RANGE.</exception>
    public static AnimatorOptions Read(Style style)
    {
        var read = new AnimatorOptions
        {
            Steps = style.HasSteps ? style.Steps : null,
            ReferenceScale = style.HasReferenceScale ? style.ReferenceScale : null,
            AudioScale = style.HasAudioScale ? style.AudioScale : null,
        };
        if (read.Steps is { } steps and (< 1 or > AnimatorOptions.MaxSteps))
            throw OutOfRange("style.steps", steps, 1, AnimatorOptions.MaxSteps);
        CheckScale("style.reference_scale", read.ReferenceScale);
        CheckScale("style.audio_scale", read.AudioScale);
        return read;
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
