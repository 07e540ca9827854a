namespace Azker.BotApi.Requests;

/// <summary>Who asked: the local port of the connection, and whether it is still there.</summary>
internal readonly record struct Caller(int Port, CancellationToken Aborted)
{
    /// <summary>A webhook that called a method in its answer came through no port.</summary>
    public static Caller Webhook { get; } = new(0, CancellationToken.None);

    public bool IsGone => Aborted.IsCancellationRequested;
}
