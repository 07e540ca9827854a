using System.Net.Sockets;

namespace Azker.BotApi.Tests.Pushing;

/// <summary>A connection as the receiver sees it, counted from 1. <paramref name="Closed"/> ends when the sender closes it.</summary>
internal sealed record ReceivingConnection(int Number, Socket Socket, Stream Stream, Task Closed);
