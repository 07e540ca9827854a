using Azker.BotApi.Updates;

namespace Azker.BotApi.Pushing;

/// <summary>An update to push, and its failed attempts.</summary>
internal sealed record PendingPush(QueuedUpdate Update)
{
    public RetrySchedule Retries { get; } = new(() => Random.Shared.Next(60, 121));
}
