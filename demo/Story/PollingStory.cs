using Azker.Demo.Story.Steps;

namespace Azker.Demo.Story;

/// <summary>Three consoles that poll, on one machine.</summary>
internal static class PollingStory
{
    public static IReadOnlyList<string> ConsoleNames { get; } = ["A", "B", "C"];

    public static IReadOnlyList<IStep> Steps { get; } =
    [
        new StartReceiver("A"),
        new StartStandby("B", Holder: "A"),
        new LetUsersChat(TimeSpan.FromSeconds(5)),
        new KillHolder("A", Successor: "B"),
        new LetUsersChat(TimeSpan.FromSeconds(5)),
        new StartSecond("C", Holder: "B"),
        new StartStandby("C", Holder: "B"),
        new LetUsersChat(TimeSpan.FromSeconds(2)),
        new PauseHolder("B", TimeSpan.FromSeconds(3)),
        new LetUsersChat(TimeSpan.FromSeconds(5)),
        new StopHolder("B", Successor: "C"),
        new LetUsersChat(TimeSpan.FromSeconds(5)),
        new LetUsersFinish(),
        new StopLast("C"),
    ];
}
