using Azker.Core.Polling;
using Azker.Core.Webhook.Registration;
using Azker.Simulation.BotApi;
using Azker.Simulation.Network;
using Azker.Simulation.Scheduling;
using Telegram.Bot.Exceptions;

namespace Azker.Simulation.Faults;

/// <summary>A program that has the bot's token and is not Azker: it polls, or sets its own webhook.</summary>
internal sealed class Stranger
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly Bench _bench;
    private readonly bool _polls;
    private readonly ProcessThread _thread;
    private readonly ProcessClock _clock;
    private readonly BotClient _client;
    private readonly Site _site;

    public Stranger(Bench bench, bool polls)
    {
        (_bench, _polls) = (bench, polls);
        _thread = new ProcessThread(bench.World, "stranger");
        _clock = new ProcessClock(_thread);
        _client = new BotClient(bench.Server, _thread, bench.NewLine("stranger", new Service("telegram")), bench.Receivers);
        _site = bench.AddSite("stranger");
        bench.Foreigners.Add(_thread);
    }

    /// <summary>Polls, or serves its own webhook, for some time.</summary>
    /// <param name="duration">The time.</param>
    /// <param name="leavesWebhook">Whether the stranger does not delete its webhook at the end.</param>
    public void Meddle(TimeSpan duration, bool leavesWebhook)
    {
        _bench.Faults.Add(FaultLog.All, "stranger", duration);
        _bench.World.Trace.Add(_bench.World.Now, "FAULT", $"a stranger {(_polls ? "polls" : "sets a webhook")}, for {duration.TotalSeconds:0.0} s");
        _thread.Start(() => _polls ? PollAsync(_bench.World.Now + duration) : ServeAsync(duration, leavesWebhook));
    }

    private async Task PollAsync(TimeSpan end)
    {
        int? offset = null;
        while (_bench.World.Now < end)
        {
            try
            {
                RawUpdates updates = await _client.SendRequest(new GetRawUpdatesRequest { Offset = offset, Timeout = 10 }, CancellationToken.None);
                offset = updates.Items.Count == 0 ? offset : Azker.Core.Updates.ReceivedUpdate.Parse(updates.Items[^1]).Id + 1;
            }
            catch (RequestException)
            {
                await Task.Delay(RetryPause, _clock, CancellationToken.None);
            }
        }

        _thread.Die();
    }

    private async Task ServeAsync(TimeSpan duration, bool leavesWebhook)
    {
        _site.Add(new StrangerWebhookServer(_thread));
        var request = new RegisterWebhookRequest(null) { Url = _site.Url, SecretToken = "theirs", MaxConnections = 40, AllowedUpdates = [] };
        try
        {
            await _client.SendRequest(request, CancellationToken.None);
        }
        catch (RequestException error)
        {
            _bench.World.Trace.Add(_bench.World.Now, _thread.Name, $"fails: {error.Message}");
        }

        await Task.Delay(duration, _clock, CancellationToken.None);
        if (!leavesWebhook && _bench.Server.Webhook?.Url == _site.Url)
        {
            _bench.Server.Forget(_thread);
        }

        _thread.Die();
    }

    private sealed class StrangerWebhookServer(ProcessThread thread) : IWebhookServer
    {
        public ProcessThread Thread => thread;

        public bool IsListening => true;

        public void Take(PendingUpdate update, string secret, Action<int, int?> answer, CancellationToken aborted) => answer(200, null);

        public void AskHealth(Action<bool> answer) => throw new NotSupportedException();
    }
}
