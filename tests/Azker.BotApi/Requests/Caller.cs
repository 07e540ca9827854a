namespace Azker.BotApi.Requests;

/// <summary>Who asked: the local port of the connection, and whether it is still there.</summary>
internal readonly record struct Caller(int Port, CancellationToken Aborted)
{
    public bool IsGone => Aborted.IsCancellationRequested;
}
