using System.Net.Sockets;

namespace Azker.BlobService;

/// <summary>
/// Passes the HTTP requests of one instance's SDK to the service without a socket, so that they run in virtual time, and
/// fails on request.
/// </summary>
internal sealed class LeaseServiceHandler(LeaseService service, TimeProvider time) : HttpMessageHandler
{
    /// <summary>Gives the fault of each call; <see langword="null"/> for none.</summary>
    public Func<LeaseCall, LeaseFault?> FaultOf { get; set; } = _ => null;

    /// <summary>Sets the fault of every call; <see langword="null"/> ends it.</summary>
    public LeaseFault? Fault
    {
        set => FaultOf = _ => value;
    }

    /// <summary>Sets the fault of the next calls of one operation.</summary>
    public void FailNext(string operation, LeaseFault fault, int times = 1)
    {
        int left = times;
        FaultOf = call => call.Operation == operation && left-- > 0 ? fault : null;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        LeaseCall call = await LeaseCall.FromAsync(request, cancellationToken);
        LeaseFault? fault = FaultOf(call);
        switch (fault?.Kind)
        {
            case LeaseFaultKind.Refused:
                throw new HttpRequestException("Connection refused", new SocketException((int)SocketError.ConnectionRefused));
            case LeaseFaultKind.Unresolved:
                throw new HttpRequestException("Name or service not known", new SocketException((int)SocketError.HostNotFound));
            case LeaseFaultKind.Silence:
                await WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);
                break;
            case LeaseFaultKind.Error:
                return fault.Answer.ToResponse(request);
        }

        LeaseAnswer answer = service.Answer(call);
        switch (fault?.Kind)
        {
            case LeaseFaultKind.LostReply:
                await WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);
                break;
            case LeaseFaultKind.Reset:
                throw new IOException("Connection reset by peer", new SocketException((int)SocketError.ConnectionReset));
            case LeaseFaultKind.LateReply:
                await WaitAsync(fault.Delay, cancellationToken);
                break;
        }

        return answer.ToResponse(request);
    }

    /// <summary>Waits, and continues on the thread that advances the time or cancels, unlike <see cref="Task.Delay(TimeSpan, TimeProvider)"/>.</summary>
    private async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource();
        await using ITimer timer = time.CreateTimer(_ => end.TrySetResult(), null, delay, Timeout.InfiniteTimeSpan);
        await using CancellationTokenRegistration registration = cancellationToken.Register(() => end.TrySetCanceled(cancellationToken));
        await end.Task;
    }
}
