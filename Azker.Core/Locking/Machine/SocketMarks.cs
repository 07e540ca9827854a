using System.Net.Sockets;

namespace Azker.Core.Locking.Machine;

/// <summary>
/// The marks on Linux: abstract Unix sockets (unix(7)), whose names belong to the network namespace. So all users share them, and so do
/// the containers that use the network of their host.
/// </summary>
internal sealed class SocketMarks(TimeProvider timeProvider) : IMachineMarks
{
    private const string OpenSockets = "/proc/net/unix";
    private const int Backlog = 16;
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    /// <summary>The most bytes of a description that are read: another program may have the name.</summary>
    private const int MaxDescription = 4096;

    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(1);

    public IDisposable? TryTake(string name, LockHolder holder)
    {
        Socket? socket = null;
        try
        {
            socket = Create();
            socket.Bind(EndPoint(name));
            socket.Listen(Backlog);
        }
        catch (SocketException error)
        {
            socket?.Dispose();
            return error.SocketErrorCode == SocketError.AddressAlreadyInUse ? null
                : throw new InstanceLockException($"The lock of this machine cannot be taken: {error.Message}.", isPermission: false, error);
        }

        _ = DescribeAsync(socket, HolderJson.Write(holder));
        return socket;
    }

    public bool IsTaken(string name)
    {
        try
        {
            return File.ReadLines(OpenSockets).Any(line => line.EndsWith($" @{name}", StringComparison.Ordinal));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Without /proc the answer comes when the name is taken.
            return false;
        }
    }

    public async Task<LockHolder?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        // A paused process answers nothing, but the system knows its PID.
        using var limit = new CancellationTokenSource(ReadTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        int processId = 0;
        try
        {
            using Socket socket = Create();
            await socket.ConnectAsync(EndPoint(name), either.Token);
            processId = ReadPeer(socket);
            byte[] description = new byte[MaxDescription];
            int length = 0;
            for (int read = -1; read != 0 && length < description.Length; length += read)
            {
                read = await socket.ReceiveAsync(description.AsMemory(length), either.Token);
            }

            return HolderJson.Read(description.AsSpan(0, length), processId);
        }
        catch (Exception error) when (error is SocketException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return HolderJson.Unknown(processId);
        }
    }

    /// <summary>Describes the holder to each process that asks.</summary>
    private static async Task DescribeAsync(Socket socket, byte[] description)
    {
        while (true)
        {
            try
            {
                using Socket asking = await socket.AcceptAsync();
                // The description is smaller than the buffer of a socket, so that nobody can delay the next answer.
                await asking.SendAsync(description);
            }
            catch (SocketException) when (socket.SafeHandle.IsClosed)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The process that asked is gone.
            }
        }
    }

    /// <summary>The PID of the process that listens, as seen from here; 0 when it is in another PID namespace.</summary>
    private static int ReadPeer(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[3 * sizeof(int)];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        return BitConverter.ToInt32(credentials);
    }

    private static Socket Create() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private static UnixDomainSocketEndPoint EndPoint(string name) => new($"\0{name}");
}
