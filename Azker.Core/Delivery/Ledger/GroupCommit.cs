namespace Azker.Core.Delivery.Ledger;

/// <summary>Lets everyone who waits for the disk at the same time share one flush.</summary>
internal sealed class GroupCommit(Action flush)
{
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;

    /// <summary>Ends when all that was written before this call is on disk, or fails as the flush does.</summary>
    public Task CommitAsync()
    {
        lock (_gate)
        {
            // One that runs may have begun before the write, so it does not count; the one after it does.
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
