namespace Azker.Simulation.BotApi;

/// <summary>One attempt to push one update.</summary>
internal sealed class Push(KeyLane lane, PendingUpdate update)
{
    private readonly CancellationTokenSource _aborted = new();

    public KeyLane Lane => lane;

    public PendingUpdate Update => update;

    public bool IsOver { get; private set; }

    public CancellationToken Aborted => _aborted.Token;

    public void End() => IsOver = true;

    /// <summary>Ends the push without waiting for its answer.</summary>
    public void Abort()
    {
        IsOver = true;
        _aborted.Cancel();
    }
}
