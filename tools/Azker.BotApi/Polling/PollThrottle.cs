namespace Azker.BotApi.Polling;

/// <summary>Slows down a poller that repeats one offset: the poll gets no error, but a longer wait and a smaller answer.</summary>
internal sealed class PollThrottle
{
    private const int MinTimeout = 3;
    private static readonly TimeSpan LongWindow = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ShortWindow = TimeSpan.FromSeconds(0.5);

    private int _previousOffset = -1;
    private DateTimeOffset _previousStart = DateTimeOffset.MinValue;

    public PollRequest Apply(PollRequest request, DateTimeOffset now)
    {
        bool isRepeated = request.Offset == _previousOffset;
        TimeSpan sincePrevious = now - _previousStart;
        (_previousOffset, _previousStart) = (request.Offset, now);
        if (isRepeated && sincePrevious < LongWindow && request.Timeout < MinTimeout)
        {
            request = request with { Timeout = MinTimeout };
        }

        return isRepeated && sincePrevious < ShortWindow ? request with { Limit = 1 } : request;
    }
}
