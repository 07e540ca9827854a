namespace Azker.Core.Tests.Shared;

/// <summary>Waits for a condition up to a time limit, and then fails the test with a sentence.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    public static async Task IsTrue(Func<bool> condition, string expectation, TimeSpan? patience = null)
    {
        TimeSpan limit = patience ?? Patience;
        TimeProvider time = TimeProvider.System;
        long start = time.GetTimestamp();
        await TestThread.IdleAsync();
        while (!condition())
        {
            if (time.GetElapsedTime(start) > limit)
            {
                Assert.Fail($"Not within {limit.TotalSeconds} s: {expectation}");
            }

            await Task.Delay(Poll, time, TestContext.Current.CancellationToken);
            await TestThread.IdleAsync();
        }
    }

    public static Task<T> Completes<T>(Task<T> task) =>
        task.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);

    public static Task Completes(Task task) =>
        task.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
}
