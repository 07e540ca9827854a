using Azker.Core.Health;
using Azker.Core.Webhook;
using Azker.Simulation.BotApi;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Instances;

/// <summary>The HTTP server of a process that serves the webhook with Core.</summary>
internal sealed class CoreWebhookServer(InstanceProcess process) : IWebhookServer
{
    private readonly ProcessThread _thread = process.Thread;
    private readonly WebhookReceiver _receiver = process.Get<WebhookReceiver>();
    private readonly TaskCompletionSource _idle = new();
    private int _inFlight;

    public ProcessThread Thread => _thread;

    public bool IsListening { get; private set; } = true;

    public void Take(PendingUpdate update, string secret, Action<int, int?> answer, CancellationToken aborted) => _thread.World.After(
        TimeSpan.Zero, () => _thread.Start(() => TakeAsync(update, secret, answer, aborted)), _thread);

    public void AskHealth(Action<bool> answer) => _thread.World.After(
        TimeSpan.Zero,
        () => _thread.Start(async () => answer((await process.Get<HealthReporter>().ReportAsync(CancellationToken.None)).IsUsableTarget)),
        _thread);

    /// <summary>Accepts no more requests.</summary>
    /// <returns>A task that ends with the last of the requests in flight.</returns>
    public Task StopAsync()
    {
        IsListening = false;
        EndIfIdle();
        return _idle.Task;
    }

    private async Task TakeAsync(PendingUpdate update, string secret, Action<int, int?> answer, CancellationToken aborted)
    {
        _inFlight++;
        try
        {
            WebhookOutcome outcome = await _receiver.ReceiveAsync(Request(update, secret, aborted), process.Abandoned);
            answer(outcome.StatusCode, outcome.RetryAfterSeconds);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
        }
        catch (IOException)
        {
            answer(500, null);
        }
        finally
        {
            _inFlight--;
            EndIfIdle();
        }
    }

    private void EndIfIdle()
    {
        if (!IsListening && _inFlight == 0)
        {
            _idle.TrySetResult();
        }
    }

    private static WebhookRequest Request(PendingUpdate update, string secret, CancellationToken aborted) => new()
    {
        Method = "POST",
        SecretTokens = [secret],
        ContentType = "application/json",
        ContentLength = update.Json.Length,
        Body = new MemoryStream(update.Json, writable: false),
        Aborted = aborted,
    };
}
