using Azker.Core.Delivery.Ledger;
using Azker.Core.Tests.Shared;

namespace Azker.Core.Tests.Delivery.Ledger;

public sealed class GroupCommitTests
{
    [Fact]
    public async Task A_caller_during_a_flush_shares_the_next_flush()
    {
        using var running = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        int flushes = 0;
        var commit = new GroupCommit(() =>
        {
            Interlocked.Increment(ref flushes);
            running.Release();
            go.Wait(TestContext.Current.CancellationToken);
        });

        Task first = commit.CommitAsync();
        await Eventually.Completes(running.WaitAsync(TestContext.Current.CancellationToken));
        Task[] others = [.. Enumerable.Range(0, 50).Select(_ => commit.CommitAsync())];
        go.Release();
        await Eventually.Completes(first);
        Assert.DoesNotContain(others, other => other.IsCompleted);
        go.Release();
        await Eventually.Completes(Task.WhenAll(others));

        Assert.Equal(2, flushes);
    }

    [Fact]
    public async Task A_failed_flush_fails_its_own_waiters_and_no_others()
    {
        bool isFull = true;
        var commit = new GroupCommit(() =>
        {
            if (isFull)
            {
                throw new IOException("full");
            }
        });

        Task failed = commit.CommitAsync();
        await Assert.ThrowsAsync<IOException>(() => Eventually.Completes(failed));
        isFull = false;

        await Eventually.Completes(commit.CommitAsync());
    }
}
