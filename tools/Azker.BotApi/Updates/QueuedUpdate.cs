using Azker.BotApi.Statistics;

namespace Azker.BotApi.Updates;

/// <summary>One pending update. <paramref name="ExpiresAt"/> is in Unix seconds, as the Bot API server keeps it.</summary>
internal sealed record QueuedUpdate(int Id, byte[] Fragment, long Key, long ExpiresAt, UpdateTrace Trace)
{
    public bool IsExpired(long unixSeconds) => ExpiresAt < unixSeconds;
}
