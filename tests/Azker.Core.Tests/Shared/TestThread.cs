using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Azker.Core.Tests.Shared;

/// <summary>
/// One thread for a test in virtual time: <c>await TestThread.Enter()</c> goes on there, and so does everything that the test starts.
/// Time then passes only when nothing is left to do, so that the machine's load changes no moment.
/// </summary>
internal sealed class TestThread : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Action, object? State)> _queue = [];

    private TestThread() => new Thread(Run) { IsBackground = true }.Start();

    public static Entry Enter() => default;

    /// <summary>Waits until nothing is left to do. Outside such a thread it does not wait.</summary>
    public static async Task IdleAsync()
    {
        while (Current is TestThread { _queue.Count: > 0 })
        {
            await Task.Yield();
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => _queue.Add((d, state));

    private void Run()
    {
        SetSynchronizationContext(this);
        foreach ((SendOrPostCallback action, object? state) in _queue.GetConsumingEnumerable())
        {
            action(state);
        }
    }

    internal readonly struct Entry : INotifyCompletion
    {
        public bool IsCompleted => false;

        public Entry GetAwaiter() => this;

        public void OnCompleted(Action continuation) => new TestThread().Post(_ => continuation(), null);

        public void GetResult()
        {
        }
    }
}
