using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Azker.BlobService;

/// <summary>
/// One instance's way to the service, from the SDK's HTTP requests on, without a socket: so it runs in virtual time. It can
/// be told to fail.
/// </summary>
internal sealed class LeaseServiceHandler(LeaseService service, TimeProvider time) : HttpMessageHandler
{
    /// <summary>What goes wrong with a call; asked for each.</summary>
    public Func<LeaseCall, LeaseFault?> FaultOf { get; set; } = _ => null;

    /// <summary>Every call fails like this, until it is set to <see langword="null"/>.</summary>
    public LeaseFault? Fault
    {
        set => FaultOf = _ => value;
    }

    /// <summary>The next calls of one kind fail like this.</summary>
    public void FailNext(string operation, LeaseFault fault, int times = 1)
    {
        int left = times;
        FaultOf = call => call.Operation == operation && left-- > 0 ? fault : null;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = request.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        LeaseCall call = LeaseCall.From(request.Method.Method, request.RequestUri!, headers, body);
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
                return Respond(request, fault.Answer);
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

        return Respond(request, answer);
    }

    /// <summary>Ends on the very thread that lets time pass or cancels, unlike <see cref="Task.Delay(TimeSpan, TimeProvider)"/>.</summary>
    private async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource();
        await using ITimer timer = time.CreateTimer(_ => end.TrySetResult(), null, delay, Timeout.InfiniteTimeSpan);
        await using CancellationTokenRegistration registration = cancellationToken.Register(() => end.TrySetCanceled(cancellationToken));
        await end.Task;
    }

    private static HttpResponseMessage Respond(HttpRequestMessage request, LeaseAnswer answer)
    {
        byte[] body = answer.Error is null ? answer.Body : Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><Error><Code>{answer.Error}</Code></Error>");
        var response = new HttpResponseMessage(answer.StatusCode) { RequestMessage = request, Content = new ByteArrayContent(body) };
        if (answer.Error is not null)
        {
            response.Headers.Add("x-ms-error-code", answer.Error);
            response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        }

        foreach ((string name, string value) in answer.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.Remove(name);
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }
}
