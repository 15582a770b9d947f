using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace FADA.Realtime.Cli.Tests;

/// <summary>`fada serve` and the signal by which every supervisor ends it.</summary>
public sealed class ServeStopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Sigterm_WhileSpeaking_SpeaksToTheEndAndExitsWithZero()
    {
        using var soon = new CancellationTokenSource(Patience);
        using var process = Start("serve", "--port", "0", "--drain", "60", "--json");
        try
        {
            var ready = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync(soon.Token))!).RootElement;
            using var http = new HttpClient { BaseAddress = new Uri(ready.GetProperty("url").GetString()!), Timeout = Patience };
            using var created = await http.PostAsJsonAsync("/api/sessions", new { }, soon.Token);
            var session = await created.Content.ReadFromJsonAsync<JsonElement>(soon.Token);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("token").GetString());
            var path = $"/api/sessions/{session.GetProperty("id").GetString()}";
            using var events = new StreamReader(await http.GetStreamAsync($"{path}/events", soon.Token));
            using var said = await http.PostAsJsonAsync($"{path}/say", new { text = "This sentence is spoken to its end." }, soon.Token);
            Assert.Equal(HttpStatusCode.Accepted, said.StatusCode);
            await NextAsync(events, "speech_started", soon.Token);

            using (var term = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
                await term.WaitForExitAsync(soon.Token);

            Assert.False((await NextAsync(events, "speech_finished", soon.Token)).GetProperty("interrupted").GetBoolean());
            await process.WaitForExitAsync(soon.Token);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "fada.dll"), .. arguments])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        // Read, so that a full pipe never stops it.
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<JsonElement> NextAsync(StreamReader events, string type, CancellationToken cancellation)
    {
        while (await events.ReadLineAsync(cancellation) is { } line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
                continue;
            var told = JsonDocument.Parse(line[6..]).RootElement;
            if (told.GetProperty("type").GetString() == type)
                return told;
        }

        throw new InvalidOperationException($"The events ended without '{type}'.");
    }
}
