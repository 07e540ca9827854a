namespace Azker.Core.Infrastructure;

/// <summary>
/// Lets a limited number of parties in at once; the others wait in the order of their arrival. A wait that ends continues in
/// the context in which it began. A wait for <see cref="SemaphoreSlim"/> with a token passes through the thread pool, so the
/// simulation would not decide the order of what follows.
/// </summary>
/// <param name="places">How many parties may be in at once.</param>
internal sealed class AsyncSemaphore(int places)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private int _free = places;

    /// <summary>Takes a place if one is free.</summary>
    public bool TryEnter()
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

    /// <summary>Takes a place, and waits until one is free.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled. No place is taken.</exception>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource> waiter;
        lock (_gate)
        {
            if (TryEnter())
            {
                return;
            }

            waiter = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        using CancellationTokenRegistration cancellation = cancellationToken.UnsafeRegister((_, token) => Cancel(waiter, token), null);
        await waiter.Value.Task;
    }

    /// <summary>Gives the place to the party that has waited longest, or frees it.</summary>
    public void Leave()
    {
        TaskCompletionSource? next;
        lock (_gate)
        {
            next = _waiting.First?.Value;
            if (next is null)
            {
                _free++;
            }
            else
            {
                _waiting.RemoveFirst();
            }
        }

        next?.SetResult();
    }

    /// <summary>Ends a wait. The other party is the one that leaves: a wait that has got its place keeps it.</summary>
    private void Cancel(LinkedListNode<TaskCompletionSource> waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (waiter.List is null)
            {
                return;
            }

            _waiting.Remove(waiter);
        }

        waiter.Value.SetCanceled(cancellationToken);
    }
}
