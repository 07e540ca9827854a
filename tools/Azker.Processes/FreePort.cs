using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Azker.Processes;

/// <summary>Finds free ports for programs that have to know their port before they listen.</summary>
/// <remarks>
/// A port that the system gives for port 0 is free for others as soon as it is closed. So the ports are from a range that no system
/// gives by itself, and each is claimed by a lock on a file until this process ends: programs that run at once get different ports.
/// </remarks>
public static class FreePort
{
    private const int First = 20_000;
    private const int Last = 32_000;

    private static readonly string Claims = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "azker-ports")).FullName;
    private static readonly ConcurrentBag<FileStream> Held = [];

    /// <summary>Takes a port of 127.0.0.1 that is free, and that no other caller gets while this process runs.</summary>
    public static int Take()
    {
        while (true)
        {
            int port = Random.Shared.Next(First, Last);
            if (TryClaim(port) && IsFree(port))
            {
                return port;
            }
        }
    }

    /// <summary>Takes a port as the address of a server.</summary>
    public static string TakeAddress() => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Take()}");

    private static bool TryClaim(int port)
    {
        try
        {
            string path = Path.Combine(Claims, port.ToString(CultureInfo.InvariantCulture));
            Held.Add(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Any, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
