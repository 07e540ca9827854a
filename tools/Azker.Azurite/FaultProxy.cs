using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Azker.Azurite;

/// <summary>A TCP proxy on the loopback address that fails on request, and counts the HTTP requests that it passes on.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<ProxiedConnection, bool> _connections = new();
    private readonly int _target;
    private readonly Random _random = new(1);
    private Socket? _listener;
    private NetworkFault _fault;
    private int _requests;
    private int _travelling;
    private int _lost;
    private long _lastAnswered;

    public FaultProxy(int target)
    {
        _target = target;
        Port = Listen(0);
    }

    /// <summary>The port of the proxy, which stays the same.</summary>
    public int Port { get; }

    /// <summary>The delay of <see cref="NetworkFault.DelayReply"/> and <see cref="NetworkFault.SlowNetwork"/>; 1 s by default.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The part of the requests and answers that are lost once by <see cref="NetworkFault.SlowNetwork"/>, from 0 to 1; none by default.</summary>
    public double Loss { get; set; }

    /// <summary>The clock of the delays; the system's by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The speed of <see cref="NetworkFault.SlowRequests"/>; 128 KiB a second by default.</summary>
    public int BytesPerSecond { get; set; } = 128 * 1024;

    /// <summary>The number of parts that <see cref="NetworkFault.SlowNetwork"/> delays now.</summary>
    public int Travelling => Volatile.Read(ref _travelling);

    /// <summary>The number of parts that <see cref="NetworkFault.SlowNetwork"/> has lost once.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>The number of requests that the proxy passed on to the target.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The arrival of the last request whose answer went back, as a timestamp of <see cref="TimeProvider.System"/>.</summary>
    public long LastAnswered => Volatile.Read(ref _lastAnswered);

    /// <summary>The fault of the proxy from now on.</summary>
    public NetworkFault Fault
    {
        get => _fault;
        set
        {
            _fault = value;
            if (value == NetworkFault.Refuse)
            {
                _listener?.Dispose();
                _listener = null;
                foreach (ProxiedConnection connection in _connections.Keys)
                {
                    connection.Reset();
                }
            }
            else if (_listener is null)
            {
                Listen(Port);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener?.Dispose();
        foreach (ProxiedConnection connection in _connections.Keys)
        {
            connection.Reset();
        }
    }

    /// <summary>Waits as long as a part of a request or an answer is on its way.</summary>
    internal async Task TravelAsync(CancellationToken cancellationToken)
    {
        bool isLost;
        lock (_random)
        {
            isLost = _random.NextDouble() < Loss;
        }

        Interlocked.Add(ref _lost, isLost ? 1 : 0);
        Interlocked.Increment(ref _travelling);
        try
        {
            await Task.Delay(isLost ? 2 * Delay : Delay, Time, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _travelling);
        }
    }

    internal void RequestArrived() => Interlocked.Increment(ref _requests);

    internal void Answered(long arrivedAt) => Volatile.Write(ref _lastAnswered, arrivedAt);

    internal void Closed(ProxiedConnection connection) => _connections.TryRemove(connection, out _);

    private int Listen(int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen();
        _listener = listener;
        _ = AcceptAsync(listener);
        return ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            try
            {
                var connection = new ProxiedConnection(this, await listener.AcceptAsync(_stop.Token));
                _connections.TryAdd(connection, true);
                _ = connection.RunAsync(_target, _stop.Token);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
        }
    }
}
