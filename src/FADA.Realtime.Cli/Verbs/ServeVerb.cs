using System.CommandLine;

namespace FADA.Realtime.Cli.Verbs;

/// <summary>`fada serve`: the live server.</summary>
internal static class ServeVerb
{
    private const int DefaultPort = 8080;

    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "TCP port to listen on; 0 takes a free one.", HelpName = "N", DefaultValueFactory = _ => DefaultPort }.InRange(0, 65535);
        var host = new Option<string>("--host") { Description = "Address to listen on.", HelpName = "H", DefaultValueFactory = _ => "127.0.0.1" };
        var avatars = CommonOptions.Avatars();
        var model = CommonOptions.Model();
        var json = CommonOptions.Json("Print the address as one line of JSON when the server is ready.");
        return new Command("serve", "Starts the live server and prints its address.") { port, host, avatars, model, json }
            .AnswersNotBuiltYet("issue 2, first light");
    }
}
