using System.Net;
using System.Net.Sockets;
using Azker.Demo.Story.Steps;

namespace Azker.Demo.Story;

/// <summary>What can be told: consoles on one machine, with one lock.</summary>
internal static class Tales
{
    private static readonly IReadOnlyList<IStep> Polling =
    [
        new StartReceiver("A"),
        new StartStandby("B", Holder: "A"),
        new LetUsersChat(TimeSpan.FromSeconds(4)),
        new KillHolder("A", Successor: "B"),
        new LetUsersChat(TimeSpan.FromSeconds(4)),
        new StartSecond("C", Holder: "B"),
        new StartStandby("C", Holder: "B"),
        new PauseHolder("B", TimeSpan.FromSeconds(3)),
        new LetUsersChat(TimeSpan.FromSeconds(3)),
        new StopHolder("B", Successor: "C"),
        new LetUsersChat(TimeSpan.FromSeconds(3)),
    ];

    private static readonly IReadOnlyList<IStep> Webhook =
    [
        new StartStandby("D", Holder: "C"),
        new StopHolder("C", Successor: "D"),
        new LetUsersChat(TimeSpan.FromSeconds(4)),
        new StartStandby("E", Holder: "D"),
        new KillHolder("D", Successor: "E"),
        new LetUsersChat(TimeSpan.FromSeconds(4)),
    ];

    /// <summary>Three consoles that poll.</summary>
    public static Tale OfPolling() => new([new("A"), new("B"), new("C")], [.. Polling, new LetUsersFinish(), new StopLast("C")]);

    /// <summary>Three consoles that poll, and two that serve a webhook after them.</summary>
    public static Tale OfPollingAndWebhook() => new(
        [new("A"), new("B"), new("C"), new("D", FreeAddress()), new("E", FreeAddress())],
        [.. Polling, .. Webhook, new LetUsersFinish(), new StopLast("E")]);

    /// <summary>Free now; nothing keeps another program from taking it before the console listens there.</summary>
    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://{listener.LocalEndpoint}";
    }
}
