using System.Diagnostics;

namespace FADA.Realtime.Bench.Browser;

/// <summary>
/// A real Chromium without a window, spoken to over its DevTools port. By that protocol itself and not by a driver:
/// a driver is a second runtime that would take processor time from what is measured.
/// </summary>
internal sealed class ChromiumProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--mute-audio", "--no-first-run", "--no-default-browser-check", "--disable-quic",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-breakpad",
        "--autoplay-policy=no-user-gesture-required", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
        // Without these a headless page counts as hidden, and its frames are dropped.
        "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows", "--disable-background-timer-throttling",
        "--remote-debugging-address=127.0.0.1", "--remote-debugging-port=0",
    ];

    private readonly Process _process;
    private readonly DirectoryInfo _profile;

    private ChromiumProcess(Process process, DirectoryInfo profile) => (_process, _profile) = (process, profile);

    /// <summary>The installed browser, or null.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable("FADA_CHROMIUM") is { Length: > 0 } named
        ? named
        : new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    public DevTools Tools { get; private set; } = null!;

    /// <param name="microphone">WAV file that plays in a loop as the microphone.</param>
    /// <exception cref="BenchException">There is no Chromium, or it does not start.</exception>
    public static async Task<ChromiumProcess> StartAsync(string microphone, CancellationToken cancellation)
    {
        var path = Path ?? throw new BenchException("No Chromium was found: install the Debian package chromium, or name one in FADA_CHROMIUM.");
        var profile = Directory.CreateTempSubdirectory("fada-bench-");
        var start = new ProcessStartInfo(path) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var flag in (string[])[.. Flags, $"--user-data-dir={profile.FullName}", $"--use-file-for-fake-audio-capture={microphone}", "about:blank"])
            start.ArgumentList.Add(flag);
        var browser = new ChromiumProcess(Process.Start(start) ?? throw new BenchException($"{path} could not be started."), profile);
        try
        {
            var address = await browser.AddressAsync().WaitAsync(StartTimeout, cancellation);
            browser.Tools = await DevTools.ConnectAsync(address, cancellation);
            return browser;
        }
        catch (TimeoutException)
        {
            await browser.DisposeAsync();
            throw new BenchException($"{path} was not ready within {StartTimeout.TotalSeconds:0} s.");
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Tools is not null)
            await Tools.DisposeAsync();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        try
        {
            _profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A helper process may still write its last; the folder is in the system's temporary one.
        }
    }

    private async Task<Uri> AddressAsync()
    {
        const string Announced = "DevTools listening on ";
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(Announced, StringComparison.Ordinal))
                continue;
            _ = DrainAsync(_process.StandardError);
            _ = DrainAsync(_process.StandardOutput);
            return new Uri(line[Announced.Length..].Trim());
        }

        throw new BenchException("Chromium ended before it was ready.");
    }

    private static async Task DrainAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is not null)
        {
        }
    }
}
