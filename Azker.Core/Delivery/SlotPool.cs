namespace Azker.Core.Delivery;

/// <summary>
/// A number of slots, given in the order of the requests. Unlike a <see cref="SemaphoreSlim"/>, it continues its callers where they
/// wait, also when a wait is cancelled.
/// </summary>
internal sealed class SlotPool(int size)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource<bool>> _waiting = [];
    private int _free = size;

    /// <summary>Takes a slot if one is free and no caller waits for one.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            if (_free == 0)
            {
                return false;
            }

            _free--;
            return true;
        }
    }

    /// <summary>Waits for a slot.</summary>
    /// <returns>Whether the caller has a slot; not when the token was cancelled first.</returns>
    public async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        TaskCompletionSource<bool> turn;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return true;
            }

            turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        using CancellationTokenRegistration onCancelled = cancellationToken.UnsafeRegister(
            static turn => ((TaskCompletionSource<bool>)turn!).TrySetResult(false), turn);
        return await turn.Task;
    }

    public void Release()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out TaskCompletionSource<bool>? next))
            {
                // A caller whose wait was cancelled takes no slot.
                if (next.TrySetResult(true))
                {
                    return;
                }
            }

            _free++;
        }
    }
}
