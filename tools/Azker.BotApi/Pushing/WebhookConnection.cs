using System.Threading.Channels;
using Azker.BotApi.Bots;
using Azker.BotApi.Requests;

namespace Azker.BotApi.Pushing;

/// <summary>
/// One connection to a webhook, with one request at a time. It takes a request before it is open. The caller holds the gate.
/// </summary>
internal sealed class WebhookConnection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PushTarget _target;
    private readonly BotGate _gate;
    private readonly WebhookPusher _pusher;
    private readonly Channel<byte[]> _requests = Channel.CreateUnbounded<byte[]>();
    private readonly SemaphoreSlim _awaited = new(0);
    private readonly CancellationTokenSource _cut = new();
    private readonly ITimer _timer;
    private byte[]? _lastRequest;
    private byte[]? _lastWritten;

    public WebhookConnection(PushTarget target, BotGate gate, WebhookPusher pusher)
    {
        (_target, _gate, _pusher) = (target, gate, pusher);
        _timer = gate.Time.CreateTimer(_ => gate.Run(TimeOut), null, Patience, Timeout.InfiniteTimeSpan);
        _ = Task.Run(RunAsync);
    }

    /// <summary>The key whose first update is in flight, or null.</summary>
    public KeyQueue? InFlight { get; private set; }

    /// <summary>Whether the request in flight has been written to the network in full.</summary>
    public bool IsWritten => InFlight is null || _lastWritten == _lastRequest;

    public void Send(KeyQueue key)
    {
        InFlight = key;
        _lastRequest = _target.Request(key.First.Update);
        _timer.Change(Patience, Timeout.InfiniteTimeSpan);
        _requests.Writer.TryWrite(_lastRequest);
        _awaited.Release();
    }

    /// <summary>Ends the flight of the key. The connection may stay open for another 60 s.</summary>
    public KeyQueue? Release()
    {
        KeyQueue? key = InFlight;
        InFlight = null;
        _timer.Change(Patience, Timeout.InfiniteTimeSpan);
        return key;
    }

    public void Cut()
    {
        _timer.Dispose();
        _cut.Cancel();
    }

    private void TimeOut()
    {
        // An answer or the end of the webhook may have come while the timer fired.
        if (!_cut.IsCancellationRequested)
        {
            _pusher.Lose(this, InFlight is null ? null : IsWritten ? ConnectionError.ReadTimeout : ConnectionError.WriteTimeout);
        }
    }

    private async Task RunAsync()
    {
        string? error = null;
        try
        {
            await using Stream stream = await ConnectionOpener.OpenAsync(_target, _cut.Token);
            _ = WriteAsync(stream);
            await ReadAsync(stream);
        }
        catch (Exception exception)
        {
            error = ConnectionError.TextOf(exception);
        }

        _gate.Run(() => IfUncut(() => _pusher.Lose(this, error)));
    }

    private async Task WriteAsync(Stream stream)
    {
        try
        {
            await foreach (byte[] request in _requests.Reader.ReadAllAsync(_cut.Token))
            {
                _gate.Run(() => IfUncut(() => InFlight?.First.Update.Trace.MarkSent()));
                await stream.WriteAsync(request, _cut.Token);
                _gate.Run(() => _lastWritten = request);
            }
        }
        catch (Exception)
        {
            // The reading side sees the same end, and the answer that the webhook sent before it.
        }
    }

    private async Task ReadAsync(Stream stream)
    {
        var reader = new ResponseReader(stream);
        while (!_cut.IsCancellationRequested && await reader.WaitAsync(_cut.Token))
        {
            // Data that arrives without a request is read as the answer to the next request.
            await _awaited.WaitAsync(_cut.Token);
            WebhookResponse response = await reader.ReadAsync(_cut.Token);
            ApiCall? reply = response.IsSuccess ? await ReplyMethod.ReadAsync(response, _cut.Token) : null;
            _gate.Run(() => IfUncut(() => _pusher.Complete(this, response, reply)));
        }
    }

    private void IfUncut(Action action)
    {
        if (!_cut.IsCancellationRequested)
        {
            action();
        }
    }
}
