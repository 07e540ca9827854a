using Azker.Core.Handling;
using Azker.Core.Updates;
using Telegram.Bot.Requests;

namespace Azker.Functions.Tests.Shared;

/// <summary>Replies in the answer to the webhook request.</summary>
internal sealed class ReplyingHandler(WebhookReply reply) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => update.Update.Message?.Text == "reply";

    public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        reply.Give(new SendMessageRequest { ChatId = update.Update.Message!.Chat.Id, Text = "سلام" });
        return Task.CompletedTask;
    }
}
