using Azker.Demo.Consoles;
using Azker.Demo.Measurements;
using Azker.Demo.Processes;
using Azker.Demo.StandIn;
using Azker.Demo.Users;

namespace Azker.Demo.Story;

/// <summary>The consoles, the users and the stand-in of one run, for the steps of the story.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(20);

    private readonly List<Kill> _kills = [];
    private readonly List<Takeover> _takeovers = [];

    public Stage(StoryClock clock, StandInProcess standIn, StandInClient client, DemoBot bot, string directory, string? storage, IReadOnlyList<Role> roles, int seed)
    {
        Clock = clock;
        Journal = new StoryJournal(clock);
        // The first port is the demo's own.
        Consoles = [.. roles.Zip(standIn.Urls.Skip(1), (role, url) => new BotConsole(role, url, bot, directory, storage, clock))];
        Observer = new Observer(client, standIn, Consoles, clock.Time);
        Users = new SimulatedUsers(client, seed, clock.Time);
    }

    public StoryClock Clock { get; }

    public StoryJournal Journal { get; }

    public IReadOnlyList<BotConsole> Consoles { get; }

    public Observer Observer { get; }

    public SimulatedUsers Users { get; }

    public IReadOnlyList<Kill> Kills => _kills;

    public IReadOnlyList<Takeover> Takeovers => _takeovers;

    public async Task PlayAsync(IReadOnlyList<IStep> steps, CancellationToken cancellationToken)
    {
        foreach (IStep step in steps)
        {
            await step.PlayAsync(this, cancellationToken);
        }
    }

    public BotConsole Console(string name) => Consoles.Single(console => console.Name == name);

    public void Add(Kill kill) => _kills.Add(kill);

    /// <summary>Waits until a condition of the story becomes true.</summary>
    public Task ExpectAsync(Func<bool> condition, string expectation, CancellationToken cancellationToken) =>
        Until.TrueAsync(condition, expectation, StepLimit, Clock.Time, cancellationToken);

    /// <summary>Waits until the stand-in sees the successor receive.</summary>
    public async Task ExpectTakeoverAsync(BotConsole from, BotConsole to, string how, DateTimeOffset since, CancellationToken cancellationToken)
    {
        DateTimeOffset seenAt = await ExpectSeenAsync(to, $"Console {to.Name} takes over from {from.Name}", cancellationToken);
        if (seenAt < since)
        {
            throw new DemoFailedException($"Console {to.Name} received {(since - seenAt).TotalMilliseconds:0} ms before {from.Name} was asked to end.");
        }

        Add(Takeover.Between(from.Name, to.Name, how, seenAt - since), $"{to.Name} takes over and {to.Receives}");
    }

    /// <summary>Waits until the stand-in sees a console receive after its standby.</summary>
    /// <returns>The time at which the stand-in saw it first.</returns>
    public async Task<DateTimeOffset> ExpectSeenAsync(BotConsole console, string expectation, CancellationToken cancellationToken)
    {
        await ExpectAsync(() => Observer.Latest is { } latest && console.SeenAt(latest) is not null, expectation, cancellationToken);
        return console.SeenAt(Observer.Latest!)!.Value;
    }

    public void Add(Takeover takeover, string outcome)
    {
        _takeovers.Add(takeover);
        Journal.Note($"{outcome}, {takeover.GapMs:0} ms later");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (BotConsole console in Consoles)
        {
            await console.DisposeAsync();
        }
    }
}
