using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace FADA.Realtime.Media.Tools;

/// <summary>
/// An installed program (ffmpeg, espeak-ng) that works through pipes. Its complaints are kept to a bounded length, and
/// disposing ends it.
/// </summary>
internal sealed class ToolProcess : IAsyncDisposable
{
    private const int MaxComplaint = 4096;
    private readonly Process _process;
    private readonly Task<string[]> _complaints;
    private readonly string _name;

    private ToolProcess(Process process, string name)
    {
        _process = process;
        _name = name;
        _complaints = ReadComplaintsAsync(process.StandardError);
    }

    public Stream Output => _process.StandardOutput.BaseStream;

    public Stream Input => _process.StandardInput.BaseStream;

    public bool HasExited => _process.HasExited;

    /// <param name="name">The executable, found in PATH.</param>
    /// <param name="package">The Debian package it comes in.</param>
    /// <param name="arguments">Each is handed over as it is, no shell is involved.</param>
    /// <exception cref="MediaException">It is not installed.</exception>
    public static ToolProcess Start(string name, string package, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(name)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            return new ToolProcess(Process.Start(start)!, name);
        }
        catch (Win32Exception)
        {
            throw new MediaException($"The program '{name}' is missing: install the Debian package {package}.");
        }
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>Exit code, and the last lines that it complained with.</returns>
    public async Task<(int ExitCode, string[] Complaints)> WaitAsync(CancellationToken cancel)
    {
        await _process.WaitForExitAsync(cancel);
        return (_process.ExitCode, await _complaints.WaitAsync(cancel));
    }

    /// <summary>Waits for the end and throws when it failed.</summary>
    /// <exception cref="MediaException">With what the program said.</exception>
    public async Task WaitForSuccessAsync(string task, CancellationToken cancel)
    {
        var (exitCode, complaints) = await WaitAsync(cancel);
        if (exitCode != 0)
            throw new MediaException($"{_name} failed to {task}: {complaints.LastOrDefault($"exit code {exitCode}")}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            try
            {
                _process.Kill(entireProcessTree: true);
            }
            catch (InvalidOperationException)
            {
                // It ended in between.
            }
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private static async Task<string[]> ReadComplaintsAsync(StreamReader errors)
    {
        var buffer = new char[1024];
        var text = new StringBuilder();
        int read;
        while ((read = await errors.ReadAsync(buffer)) > 0)
        {
            text.Append(buffer, 0, read);
            if (text.Length > MaxComplaint)
                text.Remove(0, text.Length - MaxComplaint);
        }
        return text.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
