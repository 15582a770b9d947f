using System.CommandLine;
using FADA.Realtime.Cli.Output;
using FADA.Realtime.Cli.Rendering;
using FADA.Realtime.Model.Runtime;
using FADA.Realtime.Streaming.Animation;

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
        var seed = new Option<ulong>("--seed") { Description = "Seed of the noise: the same seed gives the same frames.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var reference = new Option<double?>("--reference-scale") { Description = "How strongly the portrait guides, 0 to 10.", HelpName = "X" }.InRange(0, 10);
        var audioScale = new Option<double?>("--audio-scale") { Description = "How strongly the speech guides, 0 to 10.", HelpName = "X" }.InRange(0, 10);
        var (avatars, model) = (CommonOptions.Avatars(), CommonOptions.Model());
        var device = CommonOptions.Device();
        var json = CommonOptions.Json("Print the figures of the run as JSON.");
        var command = new Command("render", "Renders a talking portrait into an MP4 with sound.") { avatar, audio, output, steps, seed, reference, audioScale, avatars, model, device, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var place = DeviceSelector.Choose(parsed.GetRequiredValue(device));
            using var catalog = new AvatarCatalog(ProductFiles.Catalog(parsed.GetValue(model), parsed.GetValue(avatars), place), TimeProvider.System);
            var figures = await Progress.RunAsync("render", display => Renderer.RunAsync(catalog, new RenderRequest
            {
                Avatar = parsed.GetValue(avatar) ?? AvatarCatalog.DefaultName,
                Audio = parsed.GetRequiredValue(audio).FullName,
                Device = place,
                Output = parsed.GetRequiredValue(output).FullName,
                Style = new AnimatorOptions
                {
                    Steps = parsed.GetValue(steps),
                    Seed = parsed.GetValue(seed),
                    ReferenceScale = (float?)parsed.GetValue(reference),
                    AudioScale = (float?)parsed.GetValue(audioScale),
                },
            }, display, cancellation));
            if (parsed.GetValue(json))
                JsonOutput.Write(figures);
            else
                Console.WriteLine($"{figures.Frames} frames in {figures.WallS:0.0} s ({figures.RealtimeFactor:0.00} x real time), {figures.PeakRssMib:0} MiB: {parsed.GetRequiredValue(output).FullName}");
            return ExitCode.Done;
        });
        return command;
    }
}
