using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using Azker.Core.Updates;

namespace Azker.PollingFallback.Tests.Hosting;

/// <summary>
/// Sends wrong requests of all kinds: FUZZ_REQUESTS requests (default 2,000), made from FUZZ_SEED (default 1).
/// </summary>
public sealed class WebhookServerFuzzTests : IAsyncLifetime
{
    private const int Parallel = 64;

    private static readonly TimeSpan Impatience = TimeSpan.FromSeconds(0.3);

    /// <summary>
    /// The allowed statuses. Kestrel answers 414 to a request line that is too long, and 505 to another version of HTTP; 0 is a connection
    /// that was closed without an answer.
    /// </summary>
    private static readonly int[] Allowed = [0, 200, 400, 401, 404, 405, 408, 413, 414, 415, 431, 500, 503, 505];

    private readonly ConcurrentDictionary<int, int> _statuses = [];
    private readonly ConcurrentDictionary<int, byte[]> _authorized = [];
    private ConsoleServerHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ConsoleServerHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_server_answers_every_request_and_runs_no_handler_without_the_secret()
    {
        int count = Setting("FUZZ_REQUESTS", 2000);
        int seed = Setting("FUZZ_SEED", 1);

        await System.Threading.Tasks.Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = TestContext.Current.CancellationToken },
            async (number, _) => await TryAsync(new FuzzRequest(number, seed)));

        Assert.All(_host.Handled, update => Assert.True(CameAuthorized(update), $"the handler ran for {update.Id} without the secret"));
        TestContext.Current.SendDiagnosticMessage(
            "{0} requests, {1} handled; {2}", count, _host.Handled.Count, string.Join(", ", _statuses.OrderBy(status => status.Key).Select(status => $"{status.Key}: {status.Value}")));
        Assert.Equal(200, (await SendAsync(Good(count, seed))).Status);
    }

    /// <summary>Whether a request with the secret carried the update; a mutation may have changed its ID.</summary>
    private bool CameAuthorized(ReceivedUpdate update) =>
        (_authorized.TryGetValue(update.Id, out byte[]? request) && request.AsSpan().IndexOf(update.Raw.Span) >= 0)
        || _authorized.Values.Any(bytes => bytes.AsSpan().IndexOf(update.Raw.Span) >= 0);

    private async Task TryAsync(FuzzRequest request)
    {
        bool isAuthorized = request.IsAuthorized;
        if (isAuthorized)
        {
            _authorized[request.UpdateId] = request.Bytes;
        }

        RawAnswer answer = await SendAsync(request);
        _statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
        Assert.True(Allowed.Contains(answer.Status), $"answered {answer.Status}: {request}");
        Assert.True(answer.Status != 200 || isAuthorized, $"answered 200 without the secret: {request}");
        Assert.True(!request.IsGood || request.IsAborted || request.IsStalling || answer.Status == 200, $"answered {answer.Status} to a good request: {request}");
        Assert.True(answer.Status == 0 || answer.Header("Content-Length") is not null, $"answered without a length: {request}");
    }

    private async Task<RawAnswer> SendAsync(FuzzRequest request)
    {
        using Socket socket = await RawHttp.ConnectAsync(_host.Port);
        socket.LingerState = new LingerOption(true, 0);
        foreach (ReadOnlyMemory<byte> packet in request.Packets())
        {
            if (!await RawHttp.SendAsync(socket, packet))
            {
                break;
            }
        }

        if (request.IsAborted)
        {
            return new RawAnswer(0, "", "");
        }

        Task<RawAnswer> answer = RawHttp.ReadAsync(socket);
        if (!request.IsStalling && !request.IsGood)
        {
            // The server would wait for the rest of a body that looks incomplete, until it answers 408.
            await Task.WhenAny(answer, Task.Delay(Impatience, TimeProvider.System, TestContext.Current.CancellationToken));
            TryShutdown(socket);
        }

        return await answer;
    }

    private static void TryShutdown(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server has closed the connection already.
        }
    }

    private static FuzzRequest Good(int from, int seed) =>
        Enumerable.Range(from, 1000).Select(number => new FuzzRequest(number, seed)).First(request => request is { IsGood: true, IsAborted: false, IsStalling: false });

    private static int Setting(string name, int defaultValue) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : defaultValue;
}
