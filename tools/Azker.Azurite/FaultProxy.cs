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
    private Socket? _listener;
    private NetworkFault _fault;
    private int _requests;
    private long _lastAnswered;

    public FaultProxy(int target)
    {
        _target = target;
        Port = Listen(0);
    }

    /// <summary>The port of the proxy, which stays the same.</summary>
    public int Port { get; }

    /// <summary>The delay of <see cref="NetworkFault.DelayReply"/>; 1 s by default.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The speed of <see cref="NetworkFault.SlowRequests"/>; 128 KiB a second by default.</summary>
    public int BytesPerSecond { get; set; } = 128 * 1024;

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
