namespace Azker.BotApi.Tests;

/// <summary>Waits for a state that gives no signal, such as the end of a connection as the other side sees it.</summary>
internal static class Deadline
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    public static async Task PollUntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(MaxWait, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, TestContext.Current.CancellationToken);
        while (!condition())
        {
            await Task.Delay(Step, TimeProvider.System, either.Token);
        }
    }
}
