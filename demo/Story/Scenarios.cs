using System.Net;
using System.Net.Sockets;
using Azker.Demo.Story.Steps;

namespace Azker.Demo.Story;

/// <summary>The scenarios: consoles on one machine that share one lock.</summary>
internal static class Scenarios
{
    private static readonly IReadOnlyList<IStep> Steps =
    [
        new StartWebhook("W"),
        new StartFallback("A"),
        new LetUsersChat(TimeSpan.FromSeconds(2)),
        new KillReceiver("W", Successor: "A"),
        new LetUsersChat(TimeSpan.FromSeconds(2)),
        new StartSecond("C", Holder: "A"),
        new StartFallback("B", Poller: "A"),
        new PauseHolder("A", TimeSpan.FromSeconds(3)),
        new LetUsersChat(TimeSpan.FromSeconds(1.5)),
        new KillReceiver("A", Successor: "B"),
        new LetUsersChat(TimeSpan.FromSeconds(2)),
        new RestartWebhook("W", Poller: "B"),
        new AwaitFailback("B", "W"),
        new LetUsersChat(TimeSpan.FromSeconds(3)),
        new StopReceiver("W", Successor: "B"),
        new LetUsersChat(TimeSpan.FromSeconds(2)),
        new StartFallback("A", Poller: "B"),
        new StopReceiver("B", Successor: "A"),
        new LetUsersChat(TimeSpan.FromSeconds(1.5)),
        new LetUsersFinish(),
        new StopLast("A"),
    ];

    /// <summary>
    /// A webhook that is killed and starts again, fallbacks that poll in the meantime, and a console that is refused.
    /// </summary>
    public static Scenario OfWebhookAndFallbacks()
    {
        string webhook = FreeAddress();
        return new Scenario(
            [
                new Role("W", Duty.ServesWebhook, webhook),
                new Role("A", Duty.FallsBack, webhook),
                new Role("B", Duty.FallsBack, webhook),
                new Role("C", Duty.Polls, webhook),
            ],
            Steps);
    }

    /// <summary>Finds a free address; another program could still take it before the console listens there.</summary>
    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://{listener.LocalEndpoint}";
    }
}
