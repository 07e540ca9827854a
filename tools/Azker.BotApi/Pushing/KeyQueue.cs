namespace Azker.BotApi.Pushing;

/// <summary>The loaded updates of one ordering key, oldest first. Only the first may be in flight.</summary>
internal sealed class KeyQueue(long key)
{
    public long Key => key;

    public Queue<PendingPush> Pushes { get; } = [];

    public PendingPush First => Pushes.Peek();

    /// <summary>When the first update may be sent.</summary>
    public DateTimeOffset WakeAt { get; set; }
}
