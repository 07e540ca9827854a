using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace Azker.BotApi.Tests.Pushing;

/// <summary>A webhook on a port of its own. It answers nothing by itself: the test answers each request.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<ReceivedRequest> _requests = Channel.CreateUnbounded<ReceivedRequest>();
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2? _certificate;
    private int _connections;

    public WebhookReceiver(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        EndPoint = (IPEndPoint)_listener.LocalEndpoint;
        _ = AcceptAsync();
    }

    public IPEndPoint EndPoint { get; }

    public string Url => $"{(_certificate is null ? "http" : "https")}://{EndPoint}/hook";

    /// <summary>The number of connections accepted so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Waits for the next request on any connection.</summary>
    public async Task<ReceivedRequest> NextAsync()
    {
        using var deadline = new CancellationTokenSource(MaxWait, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, TestServer.Cancellation);
        return await _requests.Reader.ReadAsync(either.Token);
    }

    /// <summary>Answers the next requests with 200 and returns their updates.</summary>
    public async Task<int[]> AcceptAsync(int count)
    {
        int[] updateIds = new int[count];
        for (int index = 0; index < count; index++)
        {
            ReceivedRequest request = await NextAsync();
            updateIds[index] = request.UpdateId;
            await request.AnswerAsync();
        }

        return updateIds;
    }

    /// <summary>Refuses connections from now on.</summary>
    public void StopListening() => _listener.Stop();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync(_stop.Token);
                _ = ServeAsync(socket, Interlocked.Increment(ref _connections));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The test has ended, or it refuses connections.
        }
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        var closed = new TaskCompletionSource();
        try
        {
            await using Stream stream = await OpenAsync(socket);
            while (await ReceivedRequest.ReadAsync(new ReceivingConnection(number, socket, stream, closed.Task), _stop.Token) is { } request)
            {
                _requests.Writer.TryWrite(request);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException
            or System.Security.Authentication.AuthenticationException)
        {
            // The sender or the test has cut the connection.
        }

        closed.SetResult();
    }

    private async Task<Stream> OpenAsync(Socket socket)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        if (_certificate is null)
        {
            return stream;
        }

        var secured = new SslStream(stream);
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return secured;
    }
}
