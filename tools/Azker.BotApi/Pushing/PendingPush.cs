using Azker.BotApi.Updates;

namespace Azker.BotApi.Pushing;

/// <summary>An update that is to be pushed, and how often that has failed.</summary>
internal sealed record PendingPush(QueuedUpdate Update)
{
    public RetrySchedule Retries { get; } = new(() => Random.Shared.Next(60, 121));
}
