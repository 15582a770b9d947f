using System.CommandLine;
using FADA.Realtime.Cli.Output;
using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.Cli.Verbs;

/// <summary>`fada avatar list|add|remove`: the portraits that can speak.</summary>
internal static class AvatarVerb
{
    public static Command Create() => new("avatar", "Lists, adds and removes avatars.") { List(), Add(), Remove() };

    private static Command List()
    {
        var (avatars, json) = (CommonOptions.Avatars(), CommonOptions.Json("Print the list as JSON."));
        var command = new Command("list", "Lists the avatars, the default first.") { avatars, json };
        command.SetAction(parsed =>
        {
            using var catalog = Open(parsed.GetValue(avatars));
            var list = catalog.List();
            if (parsed.GetValue(json))
                JsonOutput.Write(list);
            else
                foreach (var avatar in list)
                    Console.WriteLine($"{avatar.Name}\t{avatar.Width}x{avatar.Height}\t{avatar.Consent}\t{avatar.Source}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Add()
    {
        var name = new Argument<string>("name") { Description = "Name: a-z, 0-9 and '-', at most 64." };
        var image = new Argument<FileInfo>("image") { Description = "PNG, JPEG or WebP with one face." };
        var consent = new Option<string>("--consent") { Description = "Who agreed to the use of this face.", HelpName = "WHO", Required = true };
        var (avatars, json) = (CommonOptions.Avatars(), CommonOptions.Json("Print the avatar as JSON."));
        var command = new Command("add", "Makes an avatar of an image with one face.") { name, image, consent, avatars, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var catalog = Open(parsed.GetValue(avatars));
            var bytes = await PortraitFile.ReadAsync(parsed.GetRequiredValue(image).FullName, cancellation);
            var added = await catalog.CreateAsync(bytes, parsed.GetRequiredValue(name), parsed.GetRequiredValue(consent), cancellation);
            if (parsed.GetValue(json))
                JsonOutput.Write(added);
            else
                Console.WriteLine($"added {added.Name}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Remove()
    {
        var name = new Argument<string>("name") { Description = "Name of the avatar." };
        var (avatars, json) = (CommonOptions.Avatars(), CommonOptions.Json("Print what was removed as JSON."));
        var command = new Command("remove", "Removes an added avatar.") { name, avatars, json };
        command.SetAction(parsed =>
        {
            using var catalog = Open(parsed.GetValue(avatars));
            var removed = catalog.Get(parsed.GetRequiredValue(name));
            catalog.Delete(removed.Name);
            if (parsed.GetValue(json))
                JsonOutput.Write(removed);
            else
                Console.WriteLine($"removed {removed.Name}");
            return ExitCode.Done;
        });
        return command;
    }

    private static AvatarCatalog Open(DirectoryInfo? avatars) => new(ProductFiles.Catalog(null, avatars), TimeProvider.System);
}
