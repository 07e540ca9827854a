using System.Text.Json;
using Azker.BotApi.Bots;
using Azker.BotApi.Statistics;
using Azker.BotApi.Updates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Azker.BotApi.Control;

/// <summary>
/// Offers over HTTP what <see cref="BotApiServer"/> and <see cref="BotAccount"/> offer in the process.
/// A path contains a bot's id, never its token.
/// </summary>
internal static class ControlApi
{
    public static void Map(WebApplication application, BotApiServer server)
    {
        application.UseMiddleware<ControlErrors>();
        RouteGroupBuilder control = application.MapGroup("/control");
        control.MapGet("", () => new ServerView(server.Urls, [.. server.ListeningPorts], [.. server.Bots.Select(bot => bot.Id)]));
        control.MapGet("help", () => ControlHelp.Text + "\n");
        control.MapPost("bots", (JsonBody<RegisterBot> body) => new BotView(server.Bot(body.Value.Token).Id));
        MapBot(control.MapGroup("bots/{id:long}"), server);
        FaultRoutes.Map(control.MapGroup("faults"), server.Faults);
        PortRoutes.Map(control.MapGroup("ports/{port:int}"), server);
        control.MapPost("reset", () =>
        {
            server.Faults.Clear();
            server.Bots.ToList().ForEach(bot => bot.Reset());
        });
    }

    private static void MapBot(RouteGroupBuilder bot, BotApiServer server)
    {
        bot.MapPost("messages", (long id, JsonBody<EnqueueText> body) =>
            new EnqueuedView(server.Bot(id).EnqueueText(body.Value.Chat, body.Value.User ?? long.Abs(body.Value.Chat), body.Value.Text)));
        bot.MapPost("updates", async (long id, HttpRequest request, CancellationToken cancellationToken) =>
        {
            JsonElement update = await ControlBody.ReadAsync(request, UpdateFragment.Expected, cancellationToken);
            return new EnqueuedView(server.Bot(id).Enqueue(update.GetRawText()));
        });
        bot.MapPost("unreadable", (long id) => new EnqueuedView(server.Bot(id).EnqueueUnreadable()));
        bot.MapGet("updates", (long id) => server.Bot(id).Updates);
        bot.MapGet("polls", (long id) => server.Bot(id).Polls);
        bot.MapGet("sent", (long id, HttpRequest request, CancellationToken cancellationToken) =>
            SentAsync(
                server,
                id,
                ControlQuery.Integer(request, "after") ?? 0,
                ControlQuery.Duration(request, "wait") ?? TimeSpan.Zero,
                cancellationToken)).WithMetadata(new ControlQuery("after", "wait"));
        bot.MapGet("statistics", (long id) => server.Bot(id).Statistics);
        bot.MapPost("statistics/reset", (long id) => server.Bot(id).ResetStatistics());
        bot.MapPost("reset", (long id) => server.Bot(id).Reset());
        bot.MapGet("webhook", (long id) => server.Bot(id).Webhook);
        bot.MapPost("webhook-error", (long id, JsonBody<WebhookError> body) => server.Bot(id).RecordWebhookError(body.Value.Message));
        bot.MapPost("revoke", (long id) => server.Bot(id).Revoke());
    }

    private static async Task<IReadOnlyList<SentMessage>> SentAsync(
        BotApiServer server, long id, long after, TimeSpan wait, CancellationToken cancellationToken)
    {
        BotAccount bot = server.Bot(id);
        using var waitEnd = new CancellationTokenSource(wait, server.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(waitEnd.Token, cancellationToken);
        try
        {
            return wait > TimeSpan.Zero ? await bot.WaitForSentAsync(after, either.Token) : bot.SentAfter(after);
        }
        catch (OperationCanceledException) when (waitEnd.IsCancellationRequested)
        {
            return bot.SentAfter(after);
        }
    }

    internal sealed record RegisterBot(string Token);

    internal sealed record EnqueueText(long Chat, string Text, long? User = null);

    internal sealed record WebhookError(string Message);

    internal sealed record ServerView(IReadOnlyList<string> Urls, IReadOnlyList<int> Listening, IReadOnlyList<long> Bots);

    internal sealed record BotView(long Id);

    internal sealed record EnqueuedView(int? UpdateId);
}
