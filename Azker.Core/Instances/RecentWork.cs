using Azker.Core.Status;

namespace Azker.Core.Instances;

/// <summary>The work of this instance within about the last minute, from what its status counts.</summary>
internal sealed class RecentWork(ReceiverStatus status, TimeProvider timeProvider)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Queue<Sample> _samples = new([new Sample(timeProvider.GetTimestamp(), 0, 0, TimeSpan.Zero)]);

    /// <summary>Reads the counts, and compares them with those of a minute ago.</summary>
    /// <returns>Updates settled a minute, and the mean time of a handler in seconds; <see langword="null"/> for a mean of nothing.</returns>
    public (double PerMinute, double? HandlerSeconds) Read()
    {
        var now = new Sample(timeProvider.GetTimestamp(), status.Settled, status.Attempts, status.HandlerTime);
        _samples.Enqueue(now);
        while (_samples.Count > 2 && timeProvider.GetElapsedTime(_samples.ElementAt(1).At) >= Window)
        {
            _samples.Dequeue();
        }

        Sample then = _samples.Peek();
        double minutes = Math.Max(timeProvider.GetElapsedTime(then.At) / Window, 1 / 60d);
        long attempts = now.Attempts - then.Attempts;
        return (
            Math.Round((now.Settled - then.Settled) / minutes, 1),
            attempts == 0 ? null : Math.Round((now.HandlerTime - then.HandlerTime).TotalSeconds / attempts, 4));
    }

    private readonly record struct Sample(long At, long Settled, long Attempts, TimeSpan HandlerTime);
}
