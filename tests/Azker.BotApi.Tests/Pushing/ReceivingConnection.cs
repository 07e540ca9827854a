using System.Net.Sockets;

namespace Azker.BotApi.Tests.Pushing;

/// <summary>
/// A connection as the receiver sees it, counted from 1. <paramref name="Closed"/> completes when the sender closes the connection.
/// </summary>
internal sealed record ReceivingConnection(int Number, Socket Socket, Stream Stream, Task Closed);
