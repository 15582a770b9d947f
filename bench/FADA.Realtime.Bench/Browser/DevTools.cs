using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FADA.Realtime.Bench.Browser;

/// <summary>A connection to Chromium's DevTools: commands by number, answers as they come. Events are not needed here.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _waiting = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private Task _receiving = Task.CompletedTask;
    private int _last;

    public static async Task<DevTools> ConnectAsync(Uri address, CancellationToken cancellation)
    {
        var tools = new DevTools();
        await tools._socket.ConnectAsync(address, cancellation);
        tools._receiving = Task.Run(tools.ReceiveAsync, cancellation);
        return tools;
    }

    /// <summary>Opens a page of its own and waits until it is loaded.</summary>
    public async Task<BrowserPage> OpenAsync(Uri address, CancellationToken cancellation)
    {
        var target = await CallAsync("Target.createTarget", new JsonObject { ["url"] = address.ToString() }, null, BrowserPage.Patience, cancellation);
        var attached = await CallAsync(
            "Target.attachToTarget", new JsonObject { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true }, null, BrowserPage.Patience, cancellation);
        var page = new BrowserPage(this, attached["sessionId"]!.GetValue<string>());
        await page.WaitForAsync($"location.href.startsWith({JsonSerializer.Serialize(address.GetLeftPart(UriPartial.Authority))}) && document.readyState === 'complete'", cancellation);
        return page;
    }

    /// <exception cref="BenchException">The browser refuses, is gone, or does not answer in time.</exception>
    public async Task<JsonNode> CallAsync(string method, JsonObject parameters, string? session, TimeSpan timeout, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null)
            message["sessionId"] = session;
        try
        {
            await _sending.WaitAsync(cancellation);
            try
            {
                await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, cancellation);
            }
            finally
            {
                _sending.Release();
            }

            return await answer.Task.WaitAsync(timeout, cancellation);
        }
        catch (TimeoutException)
        {
            throw new BenchException($"The browser did not answer {method} within {timeout.TotalSeconds:0} s.");
        }
        catch (WebSocketException e)
        {
            throw new BenchException($"The browser is gone: {e.Message}", e);
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _stop.Dispose();
        _sending.Dispose();
    }

    private async Task ReceiveAsync()
    {
        try
        {
            var buffer = new byte[1 << 16];
            using var message = new MemoryStream();
            while (true)
            {
                message.SetLength(0);
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(), _stop.Token);
                    message.Write(buffer, 0, part.Count);
                }
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close)
                    break;
                Deliver(JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // It ended; whoever waits is told below.
        }
        finally
        {
            foreach (var answer in _waiting.Values)
                answer.TrySetException(new BenchException("The browser is gone."));
        }
    }

    private void Deliver(JsonNode message)
    {
        if (message["id"]?.GetValue<int>() is not { } id || !_waiting.TryGetValue(id, out var answer))
            return;
        if (message["error"]?["message"]?.GetValue<string>() is { } error)
            answer.TrySetException(new BenchException($"The browser refused: {error}"));
        else
            answer.TrySetResult(message["result"]!);
    }
}
