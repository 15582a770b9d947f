using System.CommandLine;

namespace FADA.Realtime.Cli.Verbs;

/// <summary>`fada avatar list|add|remove`: the portraits that can speak.</summary>
internal static class AvatarVerb
{
    public static Command Create() => new("avatar", "Lists, adds and removes avatars.") { List(), Add(), Remove() };

    private static Command List() => new Command("list", "Lists the avatars, the default first.")
    {
        CommonOptions.Avatars(), CommonOptions.Model(), CommonOptions.Json("Print the list as JSON."),
    }.AnswersNotBuiltYet("issue 2, first light");

    private static Command Add() => new Command("add", "Makes an avatar of an image with one face.")
    {
        new Argument<string>("name") { Description = "Name: a-z, 0-9 and '-', at most 64." },
        new Argument<FileInfo>("image") { Description = "PNG, JPEG or WebP with one face." },
        new Option<string>("--consent") { Description = "Who agreed to the use of this face." },
        CommonOptions.Avatars(), CommonOptions.Model(), CommonOptions.Json("Print the avatar as JSON."),
    }.AnswersNotBuiltYet("issue 2, first light");

    private static Command Remove() => new Command("remove", "Removes an added avatar.")
    {
        new Argument<string>("name") { Description = "Name of the avatar." },
        CommonOptions.Avatars(), CommonOptions.Model(), CommonOptions.Json("Print what was removed as JSON."),
    }.AnswersNotBuiltYet("issue 2, first light");
}
