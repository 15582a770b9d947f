using System.CommandLine;

namespace FADA.Realtime.Cli.Verbs;

/// <summary>`fada render`: a portrait and a sound file become a video.</summary>
internal static class RenderVerb
{
    public static Command Create()
    {
        var avatar = new Option<string?>("--avatar") { Description = "Name of an avatar, or an image with one face (default: the default avatar).", HelpName = "NAME|IMAGE" };
        var audio = new Option<FileInfo>("--audio") { Description = "Speech in any format that ffmpeg reads.", HelpName = "FILE", Required = true };
        var output = new Option<FileInfo>("--out") { Description = "Video to write.", HelpName = "FILE.mp4", Required = true };
        var steps = new Option<int?>("--steps") { Description = "Denoising steps per window, 1 to 50 (default: what the model was made for).", HelpName = "N" }.InRange(1, 50);
        var seed = new Option<int>("--seed") { Description = "Seed of the noise: the same seed gives the same frames.", HelpName = "N" };
        var reference = new Option<double?>("--reference-scale") { Description = "How strongly the portrait guides, 0 to 10.", HelpName = "X" }.InRange(0, 10);
        var audioScale = new Option<double?>("--audio-scale") { Description = "How strongly the speech guides, 0 to 10.", HelpName = "X" }.InRange(0, 10);
        var json = CommonOptions.Json("Print the figures of the run as JSON.");
        return new Command("render", "Renders a talking portrait into an MP4 with sound.")
        {
            avatar, audio, output, steps, seed, reference, audioScale, CommonOptions.Avatars(), CommonOptions.Model(), json,
        }.AnswersNotBuiltYet("issue 2, first light");
    }
}
