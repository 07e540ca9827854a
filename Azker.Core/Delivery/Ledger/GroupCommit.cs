namespace Azker.Core.Delivery.Ledger;

/// <summary>Lets all callers that wait for the disk at the same time share one flush.</summary>
internal sealed class GroupCommit(Action flush)
{
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;

    /// <summary>Ends when everything that was written before this call is on disk, or fails as the flush does.</summary>
    public Task CommitAsync()
    {
        lock (_gate)
        {
            // A running flush may have begun before the write, so only the flush after it counts.
            return _next ??= RunAfterAsync(_running);
        }
    }

    private async Task RunAfterAsync(Task before)
    {
        await Task.Yield();
        await before.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            (_running, _next) = (_next!, null);
        }

        flush();
    }
}
