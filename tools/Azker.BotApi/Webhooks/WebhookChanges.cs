using System.Net;
using Azker.BotApi.Bots;
using Azker.BotApi.Polling;
using Azker.BotApi.Pushing;
using Azker.BotApi.Requests;
using Azker.BotApi.Updates;

namespace Azker.BotApi.Webhooks;

/// <summary>
/// Carries out setWebhook and deleteWebhook of one bot, with the Bot API server's order of effects. The caller holds the gate.
/// </summary>
internal sealed class WebhookChanges(
    BotGate gate,
    ServerContext server,
    UpdateQueue queue,
    UpdateIntake intake,
    UpdatePolling polling,
    UpdatePushing pushing,
    Conflicts conflicts)
{
    private static readonly TimeSpan SetInterval = TimeSpan.FromSeconds(1);

    private DateTimeOffset _nextSet = DateTimeOffset.MinValue;
    private PendingSetWebhook? _pending;

    public WebhookParameters Settings { get; private set; } = WebhookParameters.None;

    /// <summary>The address of the host. Empty until it is known.</summary>
    public string Address { get; private set; } = "";

    public DateTimeOffset? LastErrorAt { get; private set; }

    public string LastError { get; private set; } = "";

    /// <summary>Whether getUpdates is refused.</summary>
    public bool IsActive => Settings.Url.Length > 0 || _pending is not null;

    public Task<ApiAnswer> Change(ApiCall call)
    {
        WebhookParameters wanted = WebhookParameters.From(call, server.Options.Local);
        bool isSet = wanted.Url.Length > 0;
        if (isSet && gate.Now < _nextSet)
        {
            return Task.FromResult(ApiAnswer.TooManyRequests(1));
        }

        _nextSet = isSet ? gate.Now + SetInterval : _nextSet;
        bool dropsPending = call.Arguments.Flag("drop_pending_updates");
        if (_pending is not null)
        {
            _pending.Complete(conflicts.AnswerAsync(Conflicts.OtherSetWebhook, _pending.Caller));
            _pending = null;
        }
        else if (wanted.IsSameAs(Settings) && !dropsPending)
        {
            intake.Allow(call.Arguments);
            return Task.FromResult(ApiAnswer.Ok(true, isSet ? "Webhook is already set" : "Webhook is already deleted"));
        }

        if (isSet)
        {
            polling.Abort(Conflicts.SetWebhook);
        }

        bool wasSet = Settings.Url.Length > 0;
        Forget();
        if (dropsPending)
        {
            queue.Clear(gate.Now);
        }

        return isSet
            ? Open(wanted, call)
            : Task.FromResult(ApiAnswer.Ok(true, wasSet ? "Webhook was deleted" : "Webhook is already deleted"));
    }

    /// <summary>Forgets the webhook and its error. A setWebhook that is still in progress gets the answer.</summary>
    public void Close(ApiAnswer answer)
    {
        Forget();
        _pending?.Complete(Task.FromResult(answer));
        _pending = null;
    }

    /// <summary>
    /// Records the error that getWebhookInfo shows until the webhook is closed or set again. A success does not clear it.
    /// </summary>
    public void RecordError(string message)
    {
        if (Settings.Url.Length > 0)
        {
            (LastErrorAt, LastError) = (gate.Now, message);
        }
    }

    /// <summary>Deletes a webhook that has answered 410 for too long.</summary>
    public void Expel() => Forget();

    private void Forget()
    {
        pushing.Stop();
        (Settings, Address, LastErrorAt, LastError) = (WebhookParameters.None, "", null, "");
    }

    private Task<ApiAnswer> Open(WebhookParameters wanted, ApiCall call)
    {
        if (wanted.FindFault() is { } fault)
        {
            return Task.FromResult(ApiAnswer.Fail(400, $"Bad Request: {fault}"));
        }

        intake.Allow(call.Arguments);
        (Settings, Address) = (wanted, wanted.FixedAddress);
        var pending = new PendingSetWebhook(call.Caller);
        _pending = pending;
        _ = FinishAsync(pending, wanted);
        return pending.Answer;
    }

    private async Task FinishAsync(PendingSetWebhook pending, WebhookParameters wanted)
    {
        try
        {
            (PushTarget? target, string? fault) = await VerifyAsync(wanted, WebhookUrl.Parse(wanted.Url)!);
            gate.Run(() => Finish(pending, target, fault));
        }
        catch (Exception exception)
        {
            // The resolver itself failed. The caller of setWebhook gets the reason.
            gate.Run(() => Fail(pending, ApiAnswer.Internal(exception)));
        }
    }

    private void Finish(PendingSetWebhook pending, PushTarget? target, string? fault)
    {
        if (fault is not null)
        {
            Fail(pending, ApiAnswer.Fail(400, $"Bad Request: bad webhook: {fault}"));
        }
        else if (_pending == pending)
        {
            _pending = null;
            Address = target!.EndPoint.Address.ToString();
            pushing.Start(target, this);
            pending.Complete(Task.FromResult(ApiAnswer.Ok(true, "Webhook was set")));
        }
    }

    private void Fail(PendingSetWebhook pending, ApiAnswer answer)
    {
        // A newer setWebhook or deleteWebhook, or a close, may have answered this setWebhook while the host was being resolved.
        if (_pending == pending)
        {
            Close(answer);
        }
    }

    private async Task<(PushTarget? Target, string? Fault)> VerifyAsync(WebhookParameters wanted, WebhookUrl url)
    {
        if (WebhookParameters.CheckScheme(url, server.Options.Local) is { } schemeFault)
        {
            return (null, schemeFault);
        }

        (IPEndPoint? endPoint, string? fault) = await FindAsync(wanted, url);
        fault ??= url.IsHttps ? wanted.CheckCertificate() : null;
        return (fault is null ? new PushTarget(wanted, url, endPoint!) : null, fault);
    }

    private async Task<(IPEndPoint? EndPoint, string? Fault)> FindAsync(WebhookParameters wanted, WebhookUrl url)
    {
        if (server.Options.Hosts.TryGetValue(url.Host, out IPEndPoint? mapped))
        {
            return (mapped, null);
        }

        bool isFixed = wanted.FixedAddress.Length > 0;
        IPAddress? address = isFixed ? wanted.ParseFixedAddress() : await server.Dns.FindAsync(url.Host, CancellationToken.None);
        string? fault = address is null && !isFixed
            ? "Failed to resolve host: Name or service not known"
            : WebhookAddress.Check(address, server.Options.Local);
        return (fault is null ? new IPEndPoint(address!, url.Port) : null, fault);
    }
}
