using System.Net;
using Azker.Core.Infrastructure;
using Azker.Core.Polling;
using Azker.Core.Webhook.Registration;
using Azker.Simulation.Invariants;
using Azker.Simulation.Network;
using Azker.Simulation.Scheduling;
using Telegram.Bot;
using Telegram.Bot.Args;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Requests.Abstractions;
using Telegram.Bot.Types;

namespace Azker.Simulation.BotApi;

/// <summary>The Bot API client of one process, which sends Core's requests over the process's line to the server.</summary>
internal sealed class BotClient(BotServer server, ProcessThread process, Line line, ReceiverWatch watch) : ITelegramBotClient
{
    /// <summary>The time limit of a handler's call, as in <c>BotApiClients.ForHandlers</c>.</summary>
    private static readonly TimeSpan MessageTimeout = TimeSpan.FromSeconds(100);

    private readonly ProcessClock _clock = new(process);

    public event AsyncEventHandler<ApiRequestEventArgs>? OnMakingApiRequest
    {
        add => throw new NotSupportedException();
        remove => throw new NotSupportedException();
    }

    public event AsyncEventHandler<ApiResponseEventArgs>? OnApiResponseReceived
    {
        add => throw new NotSupportedException();
        remove => throw new NotSupportedException();
    }

    public bool LocalBotServer => false;

    public long BotId => 123456;

    public TimeSpan Timeout { get; set; }

    public IExceptionParser ExceptionsParser { get; set; } = new DefaultExceptionParser();

    public async Task<TResponse> SendRequest<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default) => request switch
    {
        GetRawUpdatesRequest poll => (TResponse)(object)await PollAsync(poll, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.None),
        RegisterWebhookRequest set => (TResponse)(object)await SetAsync(set, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.None),
        DeleteWebhookRequest => (TResponse)(object)await DeleteAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.None),
        GetRegisteredWebhookRequest => (TResponse)(object)await CallAsync<RegisteredWebhook>(
            exchange => exchange.Answer(server.GetWebhookInfo()), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.None),
        GetWebhookInfoRequest => (TResponse)(object)await CallAsync<WebhookInfo>(
            exchange => exchange.Answer(Convert(server.GetWebhookInfo())), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.None),
        SendMessageRequest send => (TResponse)(object)await SendMessageAsync(send, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.None),
        _ => throw new NotSupportedException($"The simulated Bot API server does not know {request.MethodName}."),
    };

    public Task<bool> TestApi(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task DownloadFile(string filePath, Stream destination, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task DownloadFile(TGFile file, Stream destination, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private async Task<RawUpdates> PollAsync(GetRawUpdatesRequest request, CancellationToken cancellationToken)
    {
        process.World.Trace.Add(process.World.Now, process.Name, $"getUpdates, offset {request.Offset}, timeout {request.Timeout}");
        watch.Sent(process, "getUpdates");
        if (request.Timeout > 0)
        {
            watch.Polls(process);
        }

        try
        {
            return await CallAsync<RawUpdates>(exchange => server.GetUpdates(exchange, request), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.None);
        }
        catch (ApiRequestException error) when (error.ErrorCode == 409)
        {
            watch.GotConflict(process);
            throw;
        }
    }

    /// <summary>Sends a message. When the time is over, the server may have sent it.</summary>
    private async Task<Message> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken)
    {
        bool hasArrived = false;
        using var limit = new CancellationTokenSource(MessageTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await CallAsync<Message>(
                exchange =>
                {
                    hasArrived = true;
                    server.Messages.Take(exchange, request);
                },
                either.Token).ConfigureAwait(ConfigureAwaitOptions.None);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RequestException("Request timed out", hasArrived ? new AnswerLostException("The answer was lost.", error) : new TimeoutException());
        }
    }

    private Task<bool> SetAsync(RegisterWebhookRequest request, CancellationToken cancellationToken)
    {
        process.World.Trace.Add(process.World.Now, process.Name, $"setWebhook {request.Url}");
        watch.Sent(process, "setWebhook");
        return CallAsync<bool>(exchange => server.SetWebhook(exchange, request), cancellationToken);
    }

    private Task<bool> DeleteAsync(CancellationToken cancellationToken)
    {
        process.World.Trace.Add(process.World.Now, process.Name, $"deleteWebhook");
        watch.Sent(process, "deleteWebhook");
        return CallAsync<bool>(server.DeleteWebhook, cancellationToken);
    }

    private async Task<T> CallAsync<T>(Action<Exchange<T>> serve, CancellationToken cancellationToken)
    {
        try
        {
            return await new Exchange<T>(process, line).SendAsync(line.IsFailing ? FailBadly : serve, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.None);
        }
        catch (HttpRequestException error)
        {
            throw new RequestException("Exception during making request", error);
        }
    }

    /// <summary>Answers 502, as a proxy in front of the server does.</summary>
    private static void FailBadly<T>(Exchange<T> exchange) => exchange.Fail(new RequestException("Bad Gateway", HttpStatusCode.BadGateway));

    private static WebhookInfo Convert(RegisteredWebhook webhook) => new() { Url = webhook.Url, PendingUpdateCount = webhook.PendingUpdateCount };
}
